import type { components } from "@generated/schema";
import { instantOfField, fieldOf } from "@/lib/time/fields";

type Performance = components["schemas"]["PerformanceShown"];

/** What the fields of a performance hold; prices are of the currency and not of its minor units. */
export interface Fields extends Record<string, unknown> {
  name: string;
  description: string;
  venue: string | null;
  start: string;
  end: string;
  sales_start: string;
  sales_end: string;
  currency: string;
  prices: Record<string, number | string>;
  seats_per_person: number;
  hold_minutes: number;
  no_single_seats: boolean;
  free_until_hours: number;
  kept_percent: number;
  /** Empty for no waiting room. */
  admitted_max: number | string;
}

/** Answer by how many digits a currency is divided. */
export function digitsOf(currency: string): number {
  try {
    return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** Answer the fields of a performance, or of a new one. */
export function fieldsOf(one: Performance | null): Fields {
  const field = (instant: string | undefined) => (instant && one ? fieldOf(new Date(instant), one.timezone) : "");
  const digits = digitsOf(one?.currency ?? "EUR");
  return {
    name: one?.name ?? "",
    description: one?.description ?? "",
    venue: one ? String(one.venue_id) : null,
    start: field(one?.start),
    end: field(one?.end),
    sales_start: field(one?.sales_start),
    sales_end: field(one?.sales_end),
    currency: one?.currency ?? "EUR",
    prices: Object.fromEntries(Object.entries(one?.prices ?? {}).map(([key, minor]) => [key, minor / 10 ** digits])),
    seats_per_person: one?.seats_per_person ?? 8,
    hold_minutes: one?.hold_minutes ?? 10,
    no_single_seats: one?.no_single_seats ?? false,
    free_until_hours: one?.free_until_hours ?? 24,
    kept_percent: one?.kept_percent ?? 0,
    admitted_max: one?.admitted_max ?? "",
  };
}

/** Answer what the API takes; times are by the clocks of the venue. */
export function bodyOf(fields: Fields, zone: string) {
  const { name, description, start, end, sales_start, sales_end, currency, prices, seats_per_person, hold_minutes, ...rest } = fields;
  const { no_single_seats, free_until_hours, kept_percent, admitted_max } = rest;
  const instant = (text: string) => instantOfField(text, zone).toISOString();
  const minor = 10 ** digitsOf(currency);
  // What was left empty is no price of nothing: the server says that it is missing.
  const filled = Object.entries(prices).filter(([, amount]) => amount !== "");
  return {
    name: name.trim(),
    description: description.trim() || null,
    start: instant(start),
    end: instant(end),
    sales_start: instant(sales_start),
    sales_end: instant(sales_end),
    prices: Object.fromEntries(filled.map(([key, amount]) => [key, Math.round(Number(amount) * minor)])),
    seats_per_person,
    hold_minutes,
    no_single_seats,
    free_until_hours,
    kept_percent,
    admitted_max: admitted_max === "" ? null : Number(admitted_max),
  };
}
