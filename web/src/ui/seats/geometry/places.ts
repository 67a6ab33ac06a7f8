import type { components } from "@generated/schema";

export type SeatMap = components["schemas"]["SeatMapContent"];
export type Section = components["schemas"]["SectionContent"];
export type Row = components["schemas"]["RowContent"];
export type Seat = components["schemas"]["SeatContent"];
export type Area = components["schemas"]["AreaContent"];
export type Category = components["schemas"]["CategoryContent"];

/** What lies between two corners, in centimetres of the hall. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A row with the place of its first seat. */
export interface PlacedRow {
  section: Section;
  row: Row;
  first: number;
  count: number;
}

/** All seats of a map in one line, sections, rows and seats in their order: a seat's place is its index there. */
export interface Places {
  count: number;
  xs: Int32Array;
  ys: Int32Array;
  seats: readonly Seat[];
  rows: readonly PlacedRow[];
  /** For each place the index of its row. */
  rowOf: Int32Array;
  box: Box;
  /** The same with room for the stage. */
  whole: Box;
  /** How far seats are apart. */
  pitch: number;
}

const PITCH = 55;
/** The stage takes so much room before the first row, in distances of seats. */
const STAGE = 4;
const EMPTY: Box = { left: -500, top: 0, right: 500, bottom: 500 };

/** Answer the places of a map. */
export function placesOf(map: SeatMap): Places {
  const seats = map.sections.flatMap((section) => section.rows.flatMap((row) => row.seats));
  const rows: PlacedRow[] = [];
  const rowOf = new Int32Array(seats.length);
  let first = 0;
  for (const section of map.sections)
    for (const row of section.rows) {
      rowOf.fill(rows.length, first, first + row.seats.length);
      rows.push({ section, row, first, count: row.seats.length });
      first += row.seats.length;
    }
  const xs = Int32Array.from(seats, (one) => one.x);
  const ys = Int32Array.from(seats, (one) => one.y);
  const [box, pitch] = [boxOf(map, xs, ys), pitchOf(rows, xs, ys)];
  return { count: seats.length, xs, ys, seats, rows, rowOf, box, whole: { ...box, top: box.top - STAGE * pitch }, pitch };
}

/** Answer the id of a place, such as `stalls/A/12`. */
export function idAt(places: Places, place: number): string {
  const { section, row } = rowAt(places, place);
  return `${section.key}/${row.key}/${places.seats[place]!.key}`;
}

/** Answer the row of a place. */
export function rowAt(places: Places, place: number): PlacedRow {
  return places.rows[places.rowOf[place]!]!;
}

/** Answer where a place is. */
export function pointAt(places: Places, place: number): { x: number; y: number } {
  return { x: places.xs[place]!, y: places.ys[place]! };
}

/** Answer the places by the ids of their seats. */
export function placesById(places: Places): Map<string, number> {
  return new Map(Array.from({ length: places.count }, (_, place) => [idAt(places, place), place]));
}

function boxOf(map: SeatMap, xs: Int32Array, ys: Int32Array): Box {
  const corners = map.areas.flatMap((one) => one.outline);
  if (xs.length + corners.length === 0) return EMPTY;
  const box: Box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  const take = (x: number, y: number) => {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  };
  xs.forEach((x, place) => take(x, ys[place]!));
  corners.forEach(([x, y]) => take(x, y));
  return box;
}

/** Answer the usual distance of neighbours: the middle one of a few rows' smallest. */
function pitchOf(rows: readonly PlacedRow[], xs: Int32Array, ys: Int32Array): number {
  const found: number[] = [];
  for (const { first, count } of rows.slice(0, 50)) {
    let least = Infinity;
    for (let place = first + 1; place < first + count; place++)
      least = Math.min(least, Math.hypot(xs[place]! - xs[place - 1]!, ys[place]! - ys[place - 1]!));
    if (least > 0 && least < Infinity) found.push(least);
  }
  return found.sort((one, other) => one - other)[found.length >> 1] ?? PITCH;
}
