import { expect, it } from "vitest";
import { minutesWords, partsOf, wholeOf } from "./amounts";

type Standing = Parameters<typeof wholeOf>[0];

function standing(amount: number, granted: number, held: number, used: number): Standing {
  return { allowance: { amount }, granted, held, used } as Standing;
}

it("counts what was granted into the whole", () => {
  expect(wholeOf(standing(180, 60, 0, 0))).toBe(240);
  expect(wholeOf(standing(60, -90, 0, 0))).toBe(0);
});

it("never fills a bar beyond its end, and takes nothing at all for used up", () => {
  expect(partsOf(standing(100, 0, 25, 50))).toEqual({ used: 50, held: 25 });
  expect(partsOf(standing(50, 0, 50, 150))).toEqual({ used: 75, held: 25 });
  expect(partsOf(standing(0, 0, 0, 0))).toEqual({ used: 100, held: 0 });
});

it("writes minutes as hours where there are any", () => {
  expect(minutesWords(150, "en-GB")).toBe("2 hrs 30 mins");
  expect(minutesWords(45, "en-GB")).toBe("45 mins");
  expect(minutesWords(120, "en-GB")).toBe("2 hrs");
});
