/** So often the display looks again, even if nothing is said to have changed. */
export const LOOK_AGAIN_MS = 30_000;
/** After so long without an answer, what is shown may be old. */
const SILENCE_MS = 75_000;

/** Tell whether Berth has not been heard: a look failed, cannot be had, or is overdue. `heardAt` is the last answer. */
export function isSilent(heardAt: number, now: number, looks: readonly { failed: boolean; paused: boolean }[]): boolean {
  return now - heardAt > SILENCE_MS || looks.some((one) => one.failed || one.paused);
}
