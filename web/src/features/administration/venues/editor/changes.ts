import type { Row, Seat, SeatMap, Section } from "@/ui/seats/geometry/places";

/** Changes of a map. None alters what it was given, and what a change does not touch stays the same object. */
export type Chosen = ReadonlySet<number>;

type RowChange = (row: Row, first: number) => Row | null;

/** Answer the map with some rows changed, or taken out by answering none. */
function withRows(map: SeatMap, change: RowChange): SeatMap {
  let first = 0;
  const sections = map.sections.flatMap((section) => {
    const rows = section.rows.flatMap((row) => {
      const changed = change(row, first);
      first += row.seats.length;
      return changed ? [changed] : [];
    });
    if (rows.length === 0) return [];
    const isSame = rows.length === section.rows.length && rows.every((row, at) => row === section.rows[at]);
    return [isSame ? section : { ...section, rows }];
  });
  return { ...map, sections };
}

/** Answer the map with a change made to each chosen seat. */
export function withSeats(map: SeatMap, chosen: Chosen, change: (seat: Seat) => Seat): SeatMap {
  return withRows(map, (row, first) => {
    if (!touches(row, first, chosen)) return row;
    return { ...row, seats: row.seats.map((seat, at) => (chosen.has(first + at) ? change(seat) : seat)) };
  });
}

/** Answer the map with the chosen seats so many centimetres farther. */
export function moved(map: SeatMap, chosen: Chosen, right: number, back: number): SeatMap {
  return withSeats(map, chosen, (seat) => ({ ...seat, x: Math.round(seat.x + right), y: Math.round(seat.y + back) }));
}

/** Answer the map without the chosen seats, nor the rows and sections that have none left. */
export function removed(map: SeatMap, chosen: Chosen): SeatMap {
  return withRows(map, (row, first) => {
    if (!touches(row, first, chosen)) return row;
    const seats = row.seats.filter((_, at) => !chosen.has(first + at));
    const keys = new Set(seats.map((one) => one.key));
    return seats.length === 0 ? null : { ...row, seats, aisles_after: row.aisles_after.filter((key) => keys.has(key)) };
  });
}

/** Answer the map with an aisle after each chosen seat, or with none there. */
export function withAisles(map: SeatMap, chosen: Chosen, isThere: boolean): SeatMap {
  return withRows(map, (row, first) => {
    if (!touches(row, first, chosen)) return row;
    const keys = new Set(row.aisles_after);
    row.seats.forEach(({ key }, at) => {
      if (!chosen.has(first + at)) return;
      if (isThere) keys.add(key);
      else keys.delete(key);
    });
    return { ...row, aisles_after: row.seats.map((one) => one.key).filter((key) => keys.has(key)) };
  });
}

/** Answer the map with other keys in each row of which a seat is chosen. */
export function renumbered(map: SeatMap, chosen: Chosen, keysFor: (count: number) => string[]): SeatMap {
  return withRows(map, (row, first) => {
    if (!touches(row, first, chosen)) return row;
    const keys = keysFor(row.seats.length);
    const anew = new Map(row.seats.map((seat, at) => [seat.key, keys[at]!]));
    return {
      ...row,
      seats: row.seats.map((seat, at) => ({ ...seat, key: keys[at]! })),
      aisles_after: row.aisles_after.map((key) => anew.get(key) ?? key),
    };
  });
}

/** Answer the map with a row of another name. */
export function withRowKey(map: SeatMap, chosen: Chosen, key: string): SeatMap {
  return withRows(map, (row, first) => (touches(row, first, chosen) ? { ...row, key } : row));
}

/** Answer the map with other names for the rows of which a seat is chosen, one after the other. */
export function withRowKeys(map: SeatMap, chosen: Chosen, keyFor: (at: number) => string): SeatMap {
  let at = 0;
  return withRows(map, (row, first) => (touches(row, first, chosen) ? { ...row, key: keyFor(at++) } : row));
}

/** Answer the map with another key or name of a section. */
export function withSection(map: SeatMap, key: string, change: Partial<Pick<Section, "key" | "name">>): SeatMap {
  return { ...map, sections: map.sections.map((one) => (one.key === key ? { ...one, ...change } : one)) };
}

/** Tell whether a row has a chosen seat. */
export function touches(row: Row, first: number, chosen: Chosen): boolean {
  return row.seats.some((_, at) => chosen.has(first + at));
}
