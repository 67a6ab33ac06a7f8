import type { components } from "@generated/schema";

export type Busy = components["schemas"]["BusyShown"];
type Status = Pick<components["schemas"]["StatusShown"], "state" | "until">;

/** How the resource stands at an instant; `until` is none if no change is in sight. */
export interface Standing {
  state: "free" | "busy" | "closed" | "retired";
  until: Date | null;
  current: Busy | null;
  next: Busy | null;
}

/**
 * Answer how a resource stands, from its plan and from the last that was heard of its opening hours: so the display goes
 * on by itself while nothing can be heard.
 */
export function standingAt(now: Date, plan: readonly Busy[], heard: Status): Standing {
  const ahead = plan.filter((one) => new Date(one.end) > now);
  const current = ahead.find((one) => new Date(one.start) <= now) ?? null;
  const next = ahead.find((one) => new Date(one.start) > now) ?? null;
  if (heard.state === "retired") return { state: "retired", until: null, current, next };
  if (current) {
    const state = current.kind === "blackout" ? "closed" : "busy";
    return { state, until: endOfRun(current, ahead), current, next };
  }
  const change = heard.until === null ? null : new Date(heard.until);
  if (heard.state === "closed" && (change === null || now < change)) return { state: "closed", until: change, current, next };
  if (heard.state === "free" && change !== null) {
    const occupied = plan.some((one) => new Date(one.start).getTime() === change.getTime());
    if (now >= change && !occupied) return { state: "closed", until: null, current, next };
    if (now < change) return { state: "free", until: change, current, next };
  }
  return { state: "free", until: next && new Date(next.start), current, next };
}

/** Answer when what follows without a gap is over; what comes next of another kind ends the run. */
function endOfRun(first: Busy, plan: readonly Busy[]): Date {
  return plan.reduce(
    (end, one) => (one.kind === first.kind && new Date(one.start).getTime() === end.getTime() ? new Date(one.end) : end),
    new Date(first.end),
  );
}

/** Answer what is left of the plan before an instant, what is under way included. */
export function leftOf(plan: readonly Busy[], now: Date, until: Date): Busy[] {
  return plan.filter((one) => new Date(one.end) > now && new Date(one.start) < until);
}

/** Tell whether so many minutes fit from now on. */
export function fits(standing: Standing, now: Date, minutes: number): boolean {
  return standing.state === "free" && (standing.until === null || standing.until.getTime() - now.getTime() >= minutes * 60_000);
}
