import type { components } from "@generated/schema";

type Standing = components["schemas"]["StandingShown"];

/** The parts of a bar, in hundredths of what may be had in all; together 100 at most. */
export interface Parts {
  used: number;
  held: number;
}

/** Answer how much there is in all: the allowance and what was granted on top, never below nothing. */
export function wholeOf(standing: Standing): number {
  return Math.max(0, standing.allowance.amount + standing.granted);
}

/** Answer the parts of the bar; what was taken from an allowance that shrank since fills it. */
export function partsOf(standing: Standing): Parts {
  const whole = wholeOf(standing);
  const taken = standing.used + standing.held;
  const scale = Math.max(whole, taken);
  if (scale === 0) return { used: 100, held: 0 };
  return { used: (standing.used / scale) * 100, held: (standing.held / scale) * 100 };
}

/** Answer minutes as words, such as "2 hr 30 min". */
export function minutesWords(minutes: number, locale: string): string {
  const part = (value: number, unit: string) =>
    new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(value);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return part(rest, "minute");
  return rest === 0 ? part(hours, "hour") : `${part(hours, "hour")} ${part(rest, "minute")}`;
}
