import { expect, test } from "vitest";
import { minutesUntilTurn, type Place, placeAfter } from "./standing";

const OUTSIDE = { state: "outside", position: null, ahead: 3, estimate_seconds: null, admitted_until: null, ask_again_seconds: 5 } as const;
const ADMITTED: Place = { ...OUTSIDE, state: "admitted", ahead: 0, admitted_until: "2031-03-07T20:10:00Z", wasInside: false };

test("whoever was admitted and is outside now was inside, until joining again", () => {
  const over = placeAfter(ADMITTED, OUTSIDE);
  expect(over.wasInside).toBe(true);
  expect(placeAfter(over, OUTSIDE).wasInside).toBe(true);
  expect(placeAfter(over, { ...OUTSIDE, state: "waiting", position: 4 }).wasInside).toBe(false);
  expect(placeAfter(undefined, OUTSIDE).wasInside).toBe(false);
});

test("an estimate is told in full minutes, or not at all", () => {
  expect([null, 12, 60, 61, 310].map(minutesUntilTurn)).toEqual([null, 1, 1, 2, 6]);
});
