import { type Places, rowAt } from "./places";

export type Direction = "left" | "right" | "up" | "down";

const ASIDE = 2;
/** Which way an arrow leads: along x, and along y, which grows away from the stage. */
const WAYS: Record<Direction, readonly [number, number]> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

/** Answer the seat beside one, in its row or else the nearest that way; none at the edge of the hall. */
export function neighbour(places: Places, place: number, direction: Direction): number | null {
  const step = WAYS[direction][0];
  const { first, count } = rowAt(places, place);
  const beside = place + step;
  if (step !== 0 && beside >= first && beside < first + count) return beside;
  return nearestThatWay(places, place, direction);
}

function nearestThatWay(places: Places, place: number, direction: Direction): number | null {
  const { xs, ys, rowOf, pitch } = places;
  const [right, down] = WAYS[direction];
  let found: number | null = null;
  let least = Infinity;
  for (let other = 0; other < places.count; other++) {
    if (rowOf[other] === rowOf[place]) continue;
    const [x, y] = [xs[other]! - xs[place]!, ys[other]! - ys[place]!];
    const ahead = x * right + y * down;
    if (ahead < pitch / 4) continue;
    const cost = ahead + ASIDE * Math.abs(x * down + y * right);
    if (cost < least) [found, least] = [other, cost];
  }
  return found;
}
