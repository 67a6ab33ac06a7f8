/** How much time is shown before and behind what is asked for. */
export const MARGIN_MS = 3 * 3_600_000;
