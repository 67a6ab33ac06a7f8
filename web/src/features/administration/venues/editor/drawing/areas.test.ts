import { expect, it } from "vitest";
import { hallOf } from "@/ui/seats/geometry/hallOf";
import type { Area } from "@/ui/seats/geometry/places";
import { areaAt, withAreaMoved } from "./areas";

const area = (key: string, outline: [number, number][]): Area => ({ key, name: key, category: "a", capacity: 10, outline });
const [angle, over] = [
  area("angle", [[0, 0], [100, 0], [100, 100], [60, 100], [60, 40], [0, 40]]),
  area("over", [[80, 80], [200, 80], [200, 200]]),
];
const map = { ...hallOf(1, 1), areas: [angle, over] };

it("finds the area at a point by its outline, the upper one of two", () => {
  expect(areaAt(map, { x: 30, y: 20 })).toBe(angle);
  expect(areaAt(map, { x: 30, y: 70 })).toBe(null);
  expect(areaAt(map, { x: 95, y: 85 })).toBe(over);
});

it("moves one area, and leaves the others the very same", () => {
  const next = withAreaMoved(map, angle, { x: 5, y: -10 });
  expect(next.areas[0]!.outline.slice(0, 2)).toEqual([[5, -10], [105, -10]]);
  expect(next.areas[1]).toBe(over);
});
