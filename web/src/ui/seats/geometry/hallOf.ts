import type { SeatMap } from "./places";

/** Answer a plain hall for tests: sections side by side, a thousand centimetres from one to the next. */
export function hallOf(rows: number, seats: number, sections = 1): SeatMap {
  const upTo = (count: number) => Array.from({ length: count }, (_, at) => at);
  return {
    categories: [{ key: "a", name: "A" }],
    areas: [],
    sections: upTo(sections).map((section) => ({
      key: `s${section + 1}`,
      name: `Section ${section + 1}`,
      rows: upTo(rows).map((row) => ({
        key: `${row + 1}`,
        aisles_after: [],
        seats: upTo(seats).map((seat) => ({
          key: `${seat + 1}`,
          x: section * 1000 + seat * 55,
          y: row * 90,
          category: "a",
          accessible: false,
          companion: false,
        })),
      })),
    })),
  };
}
