import type { components } from "@generated/schema";
import type { Kept } from "../holds/kept";

/** What a wish needs to know of a resource; the resource's own clocks are those that count. */
export interface ReservableResource {
  id: number;
  name: string;
  timezone: string;
}

/** A wish to reserve resources, all of them together, from `start` to `end`. */
export interface Wish {
  resources: readonly ReservableResource[];
  start: Date;
  end: Date;
  title?: string;
  /** What is kept for whoever wishes, if it is this; reserving takes that. */
  kept?: Kept;
}

export type Reserved = components["schemas"]["ReservationShown"];
