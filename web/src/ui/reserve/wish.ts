import type { components } from "@generated/schema";

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
}

export type Reserved = components["schemas"]["ReservationShown"];
