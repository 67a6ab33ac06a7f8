/** What may be the matter with a seat, by the letter that Berth has for it. */
export const LETTERS = { f: "free", h: "held", s: "sold", b: "blocked" } as const;
export type SeatState = (typeof LETTERS)[keyof typeof LETTERS] | "mine" | "picked";

/** As they are numbered in what is drawn. */
export const STATES: readonly SeatState[] = ["free", "held", "sold", "blocked", "mine", "picked"];

/** Answer the state of a place; what is not told of counts as blocked. */
export function stateAt(states: string, place: number): SeatState {
  return LETTERS[states[place] as keyof typeof LETTERS] ?? "blocked";
}

/** Answer the places whose letters differ. */
export function changedPlaces(before: string, after: string): number[] {
  const found: number[] = [];
  const count = Math.max(before.length, after.length);
  for (let place = 0; place < count; place++) if (before[place] !== after[place]) found.push(place);
  return found;
}

/** Answer the states after some seats have changed; places that the map does not have are left out. */
export function withChanges(states: string, changes: readonly (readonly [number, string])[]): string {
  const letters = [...states];
  for (const [place, letter] of changes) if (place >= 0 && place < letters.length) letters[place] = letter;
  return letters.join("");
}

/** Answer the members of either set that the other has not. */
export function differing(one: ReadonlySet<number>, other: ReadonlySet<number>): number[] {
  return [...[...one].filter((each) => !other.has(each)), ...[...other].filter((each) => !one.has(each))];
}
