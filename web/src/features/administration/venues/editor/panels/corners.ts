/** Answer the corners that a text says, one in each line; none if it says something else. */
export function cornersIn(text: string): [number, number][] | null {
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
  const corners = lines.map((line) => /^(-?\d{1,7})[\s,]+(-?\d{1,7})$/.exec(line));
  if (!corners.every((one) => one !== null)) return null;
  return corners.map((one) => [Number(one![1]), Number(one![2])]);
}

/** Answer corners as a text. */
export function cornersSaid(corners: readonly (readonly number[])[]): string {
  return corners.map((one) => one.join(" ")).join("\n");
}
