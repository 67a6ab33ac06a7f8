import type { components } from "@generated/schema";

export type Subscription = components["schemas"]["SubscriptionShown"];

/** Whose busy times a calendar from outside tells. */
export interface Follower {
  kind: Subscription["kind"];
  id: number;
}

/** How often it is looked whether a calendar was read, while that is waited for (ms), and how often at most. */
export const LOOK_MS = 1000;
export const LOOKS_MAX = 40;

/** Answer how soon to look again at subscriptions: soon while one of them was never tried, otherwise when told. */
export function lookAgainMs(items: readonly Subscription[] | undefined): number | false {
  return items?.some((one) => one.tried_at === null) ? LOOK_MS : false;
}
