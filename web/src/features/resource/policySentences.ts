import type { components } from "@generated/schema";
import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useLocale } from "@/lib/i18n/useLocale";
import { lengthWords } from "@/lib/time/format";

type Policy = components["schemas"]["EffectivePolicy"];

/** Answer a policy in sentences, those that concern everybody first; what has no limit is said only where it helps. */
export function usePolicySentences(): (policy: Policy, viewerId: number | undefined) => string[] {
  const length = useLengths();
  const confirmations = useConfirmationSentences();
  const visits = useVisitSentences();
  return (policy, viewerId) => [...length(policy), ...confirmations(policy, viewerId), ...visits(policy)];
}

function useLengths(): (policy: Policy) => string[] {
  const { t } = useLingui();
  const words = useMinutes();
  return (one) => {
    const [min, max] = [one.minutes_min, one.minutes_max];
    const roles = one.reservable_by.filter((role) => role !== "admin");
    const days = one.horizon_days_max;
    return [
      roles.length === 0 && t`Only administrators can reserve it.`,
      roles.includes("guest") && t`Guests can reserve it, too.`,
      min !== null && max !== null && t`A reservation is ${words(min)} to ${words(max)} long.`,
      min !== null && max === null && t`A reservation is at least ${words(min)} long.`,
      min === null && max !== null && t`A reservation is at most ${words(max)} long.`,
      min === null && max === null && t`It can be reserved for as long as you need.`,
      one.granularity_minutes !== null && t`It starts and ends at multiples of ${words(one.granularity_minutes)}.`,
      one.lead_minutes_min !== null && one.lead_minutes_min > 0 && t`Reserve at least ${words(one.lead_minutes_min)} ahead.`,
      days !== null && t`It can be reserved up to ${plural(days, { one: "# day", other: "# days" })} ahead.`,
      one.setup_minutes > 0 && t`${words(one.setup_minutes)} before each reservation are kept free to set up.`,
      one.teardown_minutes > 0 && t`${words(one.teardown_minutes)} after each reservation are kept free to clear up.`,
    ].filter((sentence): sentence is string => typeof sentence === "string");
  };
}

function useConfirmationSentences(): (policy: Policy, viewerId: number | undefined) => string[] {
  const { t } = useLingui();
  const words = useMinutes();
  return (one, viewerId) => {
    const asks = new Set(one.confirmations);
    const count = one.approvers.length;
    const isApprover = viewerId !== undefined && one.approvers.includes(viewerId);
    const time = words(one.approval_hours_max * 60);
    const approval =
      count === 0
        ? t`An administrator has to approve a reservation, within ${time}.`
        : t`${plural(count, { one: "# person", other: "One of # people" })} has to approve a reservation, within ${time}.`;
    return [
      asks.size === 0 && t`A reservation is yours at once; nobody has to confirm it.`,
      asks.has("approval") && approval,
      asks.has("approval") && isApprover && t`You are one of those who approve.`,
      asks.has("approval") && t`If nobody decides in time, ${one.escalates_to.length > 0 ? t`others are asked` : t`the administrators are asked`}, for as long again.`,
      asks.has("quota") && t`It counts against your allowance.`,
      asks.has("payment") && t`It has to be paid within ${words(one.payment_minutes_max)}, or the time is given to others.`,
      asks.has("access") && t`You get an access code for the door.`,
    ].filter((sentence): sentence is string => typeof sentence === "string");
  };
}

function useVisitSentences(): (policy: Policy) => string[] {
  const { t } = useLingui();
  const words = useMinutes();
  return (one) => [
    one.early_minutes > 0 ? t`You can check in from ${words(one.early_minutes)} before the start.` : t`You can check in from the start on.`,
    one.no_show_minutes === null
      ? t`The time stays yours if you come late.`
      : t`Whoever has not checked in ${words(one.no_show_minutes)} after the start loses the time.`,
  ];
}

function useMinutes(): (minutes: number) => string {
  const locale = useLocale();
  return (minutes) => lengthWords(new Date(0), new Date(minutes * 60_000), locale);
}
