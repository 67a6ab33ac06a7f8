import type { components } from "@generated/schema";

export type Subscription = components["schemas"]["SubscriptionShown"];

/** Whose busy times a calendar from outside tells. */
export interface Follower {
  kind: Subscription["kind"];
  id: number;
}

/** How often it is looked whether a calendar was read (ms) and how often at most, while that is waited for. */
export const LOOK_MS = 1000;
export const LOOKS_MAX = 40;
const REST_MS = 30_000;

/** Answer how soon to look again at subscriptions (ms): Berth says nothing when it has read one. */
export function lookAgainMs(items: readonly Subscription[] | undefined): number {
  return items?.some((one) => one.tried_at === null) ? LOOK_MS : REST_MS;
}
