import type { components } from "@generated/schema";

type Standing = components["schemas"]["QueueStanding"];

/** How one stands in the queue; `wasInside` if one was admitted, and is no more. */
export interface Place extends Standing {
  wasInside: boolean;
}

/** Answer the place after an answer, from the one before. */
export function placeAfter(before: Place | undefined, now: Standing): Place {
  const wasInside = now.state === "outside" && before !== undefined && (before.state === "admitted" || before.wasInside);
  return { ...now, wasInside };
}

/** Answer in how many minutes it is one's turn, never promising too much; null while that is not known. */
export function minutesUntilTurn(estimateSeconds: number | null): number | null {
  return estimateSeconds === null ? null : Math.ceil(estimateSeconds / 60);
}
