import type { components } from "@generated/schema";
import type { ReservableResource } from "../reserve/wish";

/** A slot that is kept for whoever is signed in, until an instant of this device's clock. */
export interface Kept {
  id: number;
  resources: readonly ReservableResource[];
  start: Date;
  end: Date;
  until: Date;
}

/** Answer what Berth says of a hold that was read at an instant (ms): how long it lasts does not hang on this clock. */
export function keptOf(hold: components["schemas"]["HoldShown"], readAt: number): Kept {
  const { id, resources, start, end, seconds_left } = hold;
  return { id, resources, start: new Date(start), end: new Date(end), until: new Date(readAt + seconds_left * 1000) };
}

/** Answer what is to be shown: all that is kept, and behind it what ran out while it was looked at. */
export function remembered(before: readonly Kept[], listed: readonly Kept[], now: Date): Kept[] {
  const gone = before.filter((one) => !listed.some((other) => other.id === one.id));
  return [...listed, ...gone.filter((one) => one.until <= now)];
}
