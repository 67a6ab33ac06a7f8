import type { components } from "@generated/schema";

type Reservation = Pick<components["schemas"]["ReservationDetail"], "state" | "start" | "end" | "check_in_from">;

/** Where a visit stands: before its time, time to come, under way, or nothing to come to. */
export type VisitStage = "early" | "open" | "in_use" | "none";

/** Answer where the visit of a reservation stands at an instant. */
export function visitStage(reservation: Reservation, now: Date): VisitStage {
  if (reservation.state === "in_use") return "in_use";
  if (reservation.state !== "ready" || new Date(reservation.end) <= now) return "none";
  return new Date(reservation.check_in_from) <= now ? "open" : "early";
}
