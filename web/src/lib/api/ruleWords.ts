import { i18n } from "@lingui/core";
import { msg, plural } from "@lingui/core/macro";
import { regionalLocale } from "@/lib/i18n/locales";
import { lengthWords } from "@/lib/time/format";
import { asProblem } from "./problem";

/** A rule of a resource that refused a reservation. `limit` is in the unit that the rule's name ends with. */
export interface RuleRefusal {
  resource: string;
  rule: string;
  limit: number | null;
  message: string;
}

/** Answer what a rule that refused would allow, in the reader's language; a rule not known here is told as Berth does. */
export function ruleWords({ resource, rule, limit, message }: RuleRefusal): string {
  const days = limit ?? 0;
  const time = lengthWords(new Date(0), new Date(60_000 * (limit ?? 0)), regionalLocale(i18n.locale));
  switch (rule) {
    case "retired":
      return i18n._(msg`${resource} is retired and takes no new reservations.`);
    case "reservable_by":
      return i18n._(msg`${resource} is not for everybody to reserve; ask an administrator.`);
    case "past":
      return i18n._(msg`The start lies in the past.`);
    case "lead_minutes_min":
      return i18n._(msg`${resource} must be reserved at least ${time} ahead.`);
    case "horizon_days_max":
      return i18n._(msg`${resource} can be reserved up to ${plural(days, { one: "# day", other: "# days" })} ahead.`);
    case "minutes_min":
      return i18n._(msg`${resource} must be reserved for at least ${time}.`);
    case "minutes_max":
      return i18n._(msg`${resource} can be reserved for at most ${time}.`);
    case "granularity_minutes":
      return i18n._(msg`Start and end must be at multiples of ${time}, counted from midnight where ${resource} is.`);
    case "opening_hours":
      return i18n._(msg`${resource} is closed for some or all of this time; see its opening hours.`);
    default:
      return message;
  }
}

/** Answer why something was refused, in sentences: one for each rule that did, or that of the problem itself. */
export function refusedSentences(error: unknown): string[] {
  const problem = asProblem(error);
  const refusals = (problem.problem.refusals ?? []) as RuleRefusal[];
  return refusals.length > 0 ? [...new Set(refusals.map(ruleWords))] : [problem.sentence];
}
