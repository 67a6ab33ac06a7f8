import { instantOf, startOfDay, wallClockAt } from "@/lib/time/wallClock";
import type { Wish } from "./parse";

/** Where to look for what was wished: a reservation of this length between these instants. */
export interface Window {
  from: Date;
  until: Date;
  minutes: number;
  /** There is one start that was asked for, and no other. */
  exact: boolean;
}

/** How long a reservation is about which nothing was said. */
export const MINUTES_UNSAID = 60;
const DAYS_UNSAID = 7;

/** Answer where to look for a wish of somebody in this zone at this instant. */
export function windowOf(wish: Wish, now: Date, zone: string): Window {
  const minutes = wish.minutes ?? MINUTES_UNSAID;
  const length = minutes * 60_000;
  if (wish.now) {
    const start = new Date(Math.ceil(now.getTime() / 60_000) * 60_000);
    return { from: start, until: new Date(start.getTime() + length), minutes, exact: true };
  }
  const today = wallClockAt(now, zone);
  const day = wish.day ?? today;
  if (wish.time) {
    const start = instantOf({ ...day, ...wish.time }, zone);
    const gone = !wish.day && start < now;
    const from = gone ? instantOf({ ...dayAfter(day), ...wish.time }, zone) : start;
    return { from, until: new Date(from.getTime() + length), minutes, exact: true };
  }
  const midnight = instantOf({ ...day, hour: 0, minute: 0 }, zone);
  if (wish.part) {
    const from = instantOf({ ...day, hour: wish.part.fromHour, minute: 0 }, zone);
    const until = wish.part.untilHour === 24 ? startOfDay(midnight, zone, 1) : instantOf({ ...day, hour: wish.part.untilHour, minute: 0 }, zone);
    return { from: later(from, now), until, minutes, exact: false };
  }
  if (wish.day) return { from: later(midnight, now), until: startOfDay(midnight, zone, 1), minutes, exact: false };
  return { from: now, until: startOfDay(now, zone, DAYS_UNSAID), minutes, exact: false };
}

/** Tell whether a reservation of the window's length can still lie in it. */
export function isAhead(window: Window, now: Date): boolean {
  return window.until.getTime() - later(window.from, now).getTime() >= window.minutes * 60_000;
}

/** Answer a wider window for what does not fit into an exact one: from there to the end of the day after. */
export function widened(window: Window, zone: string): Window {
  return { ...window, until: startOfDay(window.from, zone, 2), exact: false };
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}

function dayAfter(day: { year: number; month: number; day: number }): { year: number; month: number; day: number } {
  const next = new Date(Date.UTC(day.year, day.month - 1, day.day + 1));
  return { year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate() };
}
