import type { Area, SeatMap } from "@/ui/seats/geometry/places";
import type { Point } from "@/ui/seats/geometry/view";

/** Answer the area at a point of the hall, the one that is drawn last where several are. */
export function areaAt(map: SeatMap, point: Point): Area | null {
  return map.areas.findLast((one) => isInside(one.outline, point)) ?? null;
}

/** Answer the corners of an area so many centimetres farther. */
export function shifted(area: Area, by: Point): Area["outline"] {
  return area.outline.map(([x, y]) => [x! + by.x, y! + by.y]) as Area["outline"];
}

/** Answer the map with an area so many centimetres farther. */
export function withAreaMoved(map: SeatMap, area: Area, by: Point): SeatMap {
  return { ...map, areas: map.areas.map((one) => (one === area ? { ...one, outline: shifted(one, by) } : one)) };
}

/** Tell whether a point is inside: then a line from it to one side crosses the outline an odd number of times. */
function isInside(outline: Area["outline"], { x, y }: Point): boolean {
  const crossed = outline.filter(([x1, y1], at) => {
    const [x2, y2] = outline[(at + 1) % outline.length]!;
    return y1! > y !== y2! > y && x < x1! + ((y - y1!) / (y2! - y1!)) * (x2! - x1!);
  });
  return crossed.length % 2 === 1;
}
