/** How seats of a row are numbered, as the audience sees them. */
export const NUMBERINGS = ["from_left", "from_right", "odd_left"] as const;
export type Numbering = (typeof NUMBERINGS)[number];

/** Answer the keys of so many seats, the first of them `start`; with odd and even numbers it is the smallest odd one. */
export function seatKeys(count: number, numbering: Numbering, start = 1): string[] {
  const numbers = Array.from({ length: count }, (_, at) => start + at);
  if (numbering === "from_right") numbers.reverse();
  if (numbering === "odd_left") {
    const left = Math.ceil(count / 2);
    const odd = Array.from({ length: left }, (_, at) => start + 2 * (left - 1 - at));
    const even = Array.from({ length: count - left }, (_, at) => start + 1 + 2 * at);
    return [...odd, ...even].map(String);
  }
  return numbers.map(String);
}

/** Answer A to Z, then AA, AB and so on. */
export function letters(number: number): string {
  const rest = Math.floor(number / 26) - 1;
  return (rest >= 0 ? letters(rest) : "") + String.fromCharCode(65 + (number % 26));
}
