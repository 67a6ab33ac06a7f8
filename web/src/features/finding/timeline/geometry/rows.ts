/** Rows from the first to the one behind the last. */
export type Range = readonly [first: number, end: number];

/** So many rows are kept beyond those in sight, before and behind, for what is scrolled to next. */
const BEYOND = 6;
/** So many of them are drawn in a frame, beside what is in sight. */
const STEP = 2;

/** Answer the rows to draw next: all in sight at once, and of those beyond a few more than are drawn already. */
export function nextRows(drawn: Range, sight: Range): Range {
  const [first, end] = [sight[0] - BEYOND, sight[1] + BEYOND];
  // After a leap nothing that is drawn is of use any more.
  const [from, until] = drawn[1] < sight[0] || drawn[0] > sight[1] ? sight : drawn;
  return [Math.max(first, Math.min(sight[0], from - STEP)), Math.min(end, Math.max(sight[1], until + STEP))];
}
