import { i18n } from "@lingui/core";
import { msg, plural } from "@lingui/core/macro";
import { regionalLocale } from "@/lib/i18n/locales";
import { type Frequency, readRule, type Rule } from "./readRule";
import { weekdayOf } from "./repeat";

const DAY_MS = 86_400_000;

/** What of a series is said: times are those that the clocks of its resource show, such as `2027-03-02T10:00:00`. */
export interface Recurrence {
  rule: string;
  starts: string;
  /** What bounds it besides its rule: a term, or that it was divided. */
  begins?: string | null;
  ends_before?: string | null;
}

/** Answer a rule in the reader's language, such as "Every week on Tuesday, 5 times". */
export function recurrenceWords({ rule: text, starts, begins, ends_before }: Recurrence): string {
  const rule = readRule(text);
  return withEnd(onDays(rule, starts), rule, begins ?? null, ends_before ?? null);
}

/** Answer a weekday in the reader's language, Monday is 0. */
export function weekdayWords(day: number, width: "long" | "short" = "long"): string {
  // The first of January 2024 is a Monday.
  return format({ weekday: width }).format(Date.UTC(2024, 0, 1 + day));
}

/** Answer a weekday with its place in a month, such as "the third Tuesday" or "the last Friday". */
export function placedDayWords(place: number, day: number): string {
  const name = weekdayWords(day);
  switch (place) {
    case 1:
      return i18n._(msg`the first ${name}`);
    case 2:
      return i18n._(msg`the second ${name}`);
    case 3:
      return i18n._(msg`the third ${name}`);
    case 4:
      return i18n._(msg`the fourth ${name}`);
    case 5:
      return i18n._(msg`the fifth ${name}`);
    case -1:
      return i18n._(msg`the last ${name}`);
    default: {
      const number = Math.abs(place);
      return place > 0 ? i18n._(msg`${name} number ${number}`) : i18n._(msg`${name} number ${number} from the end`);
    }
  }
}

/** Answer a day of the month, such as "day 15" or "the last day". */
export function monthDayWords(day: number): string {
  if (day === -1) return i18n._(msg`the last day`);
  const number = Math.abs(day);
  return day > 0 ? i18n._(msg`day ${number}`) : i18n._(msg`day ${number} from the end`);
}

function onDays(rule: Rule, starts: string): string {
  const days = dayNames(rule, starts);
  const months = monthNames(rule, starts);
  let words = everyWords(rule.frequency, rule.interval);
  if (days.length > 0) words = i18n._(msg`${words} on ${listed(days)}`);
  if (rule.frequency === "YEARLY" && rule.months.length === 0 && rule.monthDays.length > 0) words = i18n._(msg`${words} of each month`);
  else if (rule.frequency === "YEARLY" && rule.days.some((one) => one.place !== 0) && months.length === 0) words = i18n._(msg`${words} of the year`);
  if (months.length > 0) words = i18n._(msg`${words} in ${listed(months)}`);
  if (rule.places.length > 0) words = i18n._(msg`${words}, of these only ${listed(rule.places.map(placeWords))}`);
  return words;
}

/** Answer the days that the rule names, or that its first time names for it. */
function dayNames({ frequency, days, monthDays }: Rule, starts: string): string[] {
  const named = [...monthDays.map(monthDayWords), ...days.map((one) => (one.place === 0 ? weekdayWords(one.day) : placedDayWords(one.place, one.day)))];
  if (named.length > 0 || frequency === "DAILY") return named;
  return [frequency === "WEEKLY" ? weekdayWords(weekdayOf(starts.slice(0, 10))) : monthDayWords(Number(starts.slice(8, 10)))];
}

function monthNames({ frequency, months, days, monthDays }: Rule, starts: string): string[] {
  const leavesOpen = frequency === "YEARLY" && days.length === 0 && monthDays.length === 0;
  const named = months.length > 0 || !leavesOpen ? months : [Number(starts.slice(5, 7))];
  return named.map((month) => format({ month: "long" }).format(Date.UTC(2024, month - 1, 1)));
}

function everyWords(frequency: Frequency, interval: number): string {
  switch (frequency) {
    case "DAILY":
      return i18n._(msg`${plural(interval, { one: "Every day", other: "Every # days" })}`);
    case "WEEKLY":
      return i18n._(msg`${plural(interval, { one: "Every week", other: "Every # weeks" })}`);
    case "MONTHLY":
      return i18n._(msg`${plural(interval, { one: "Every month", other: "Every # months" })}`);
    case "YEARLY":
      return i18n._(msg`${plural(interval, { one: "Every year", other: "Every # years" })}`);
  }
}

function placeWords(place: number): string {
  if (place === 1) return i18n._(msg`the first`);
  if (place === -1) return i18n._(msg`the last`);
  const number = Math.abs(place);
  return place > 0 ? i18n._(msg`number ${number}`) : i18n._(msg`number ${number} from the end`);
}

/** A series that is bounded besides ends there, and how often its rule recurs as a whole does not tell that. */
function withEnd(words: string, rule: Rule, begins: string | null, endsBefore: string | null): string {
  const bound = endsBefore && dayBefore(endsBefore);
  const last = bound && rule.until ? (bound < rule.until ? bound : rule.until) : (bound ?? rule.until);
  const [from, to] = [begins && dayWords(begins.slice(0, 10)), last && dayWords(last)];
  if (from && to) return i18n._(msg`${words}, from ${from} until ${to}`);
  if (from) return i18n._(msg`${words}, from ${from}`);
  if (to) return i18n._(msg`${words}, until ${to}`);
  if (rule.count) return i18n._(msg`${words}, ${plural(rule.count, { one: "once", other: "# times" })}`);
  return words;
}

// A rule gives each day one time at most, so what lies before a time of a day lies before that day.
function dayBefore(time: string): string {
  return new Date(Date.parse(`${time.slice(0, 10)}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
}

function dayWords(day: string): string {
  return format({ dateStyle: "long" }).format(new Date(`${day}T00:00:00Z`));
}

function listed(names: readonly string[]): string {
  return new Intl.ListFormat(regionalLocale(i18n.locale), { type: "conjunction" }).format(names);
}

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(regionalLocale(i18n.locale), { ...options, timeZone: "UTC" });
}
