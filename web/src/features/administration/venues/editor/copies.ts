import type { Row, SeatMap, Section } from "@/ui/seats/geometry/places";
import { type Chosen, touches } from "./changes";
import { letters } from "./numbering";

/** A map with copies in it, and the places of these. */
export interface Copied {
  map: SeatMap;
  chosen: Set<number>;
}

const BESIDE = 200;
const ROW_PITCH = 90;

/** Copy each row of which a seat is chosen, behind the last one of its section. */
export function copiedRows(map: SeatMap, chosen: Chosen): Copied {
  let first = 0;
  const made = new Set<Row>();
  const sections = map.sections.map((section) => {
    const picked = section.rows.filter((row) => {
      const isPicked = touches(row, first, chosen);
      first += row.seats.length;
      return isPicked;
    });
    if (picked.length === 0) return section;
    const copies = rowCopies(section, picked);
    copies.forEach((one) => made.add(one));
    return { ...section, rows: [...section.rows, ...copies] };
  });
  const next = { ...map, sections };
  return { map: next, chosen: placesWhere(next, (_, row) => made.has(row)) };
}

/** Copy each section of which a seat is chosen, to the right of the hall. */
export function copiedSections(map: SeatMap, chosen: Chosen): Copied {
  const picked = map.sections.filter((section) => {
    let first = startOf(map, section);
    return section.rows.some((row) => {
      first += row.seats.length;
      return touches(row, first - row.seats.length, chosen);
    });
  });
  if (picked.length === 0) return { map, chosen: new Set(chosen) };
  const taken = new Set([...map.sections, ...map.areas].map((one) => one.key));
  const shift = rightmost(map.sections) + BESIDE + rightmost(picked, -1);
  const copies = picked.map((section) => {
    const key = freeKey(section.key, taken);
    taken.add(key);
    const name = section.name === section.key ? key : `${section.name} ${key.slice(section.key.length).trim()}`;
    return { ...section, key, name, rows: section.rows.map((row) => shifted(row, row.key, shift, 0)) };
  });
  const next = { ...map, sections: [...map.sections, ...copies] };
  return { map: next, chosen: placesWhere(next, (section) => copies.includes(section)) };
}

/** Put a section into the map; its seats are chosen. */
export function withNewSection(map: SeatMap, section: Section): Copied {
  const next = { ...map, sections: [...map.sections, section] };
  return { map: next, chosen: placesWhere(next, (one) => one === section) };
}

/** Answer a key that is not taken: the same with a number. */
export function freeKey(key: string, taken: ReadonlySet<string>): string {
  for (let number = 2; ; number++) {
    const next = `${key.slice(0, 26)} ${number}`;
    if (!taken.has(next)) return next;
  }
}

function rowCopies(section: Section, picked: readonly Row[]): Row[] {
  const taken = new Set(section.rows.map((row) => row.key));
  const middles = section.rows.map(middle);
  const last = Math.max(...middles);
  const pitch = middles.length > 1 ? Math.max((last - Math.min(...middles)) / (middles.length - 1), 1) : ROW_PITCH;
  const nearest = Math.min(...picked.map(middle));
  return picked.map((row) => {
    const key = nextKey(section.rows.length, taken, row.key);
    taken.add(key);
    return shifted(row, key, 0, Math.round(last + pitch - nearest));
  });
}

function nextKey(at: number, taken: ReadonlySet<string>, like: string): string {
  const name = /^\d+$/.test(like) ? (number: number) => `${number + 1}` : letters;
  for (let number = at; ; number++) if (!taken.has(name(number))) return name(number);
}

function middle(row: Row): number {
  return row.seats.reduce((sum, seat) => sum + seat.y, 0) / Math.max(row.seats.length, 1);
}

function shifted(row: Row, key: string, right: number, back: number): Row {
  return { ...row, key, seats: row.seats.map((seat) => ({ ...seat, x: seat.x + right, y: seat.y + back })) };
}

/** Answer the largest x of these sections; with a sign of -1 the smallest, negated. */
function rightmost(sections: readonly Section[], sign = 1): number {
  let found = -Infinity;
  for (const { rows } of sections) for (const { seats } of rows) for (const { x } of seats) found = Math.max(found, sign * x);
  return found;
}

function startOf(map: SeatMap, section: Section): number {
  const before = map.sections.slice(0, map.sections.indexOf(section));
  return before.reduce((sum, one) => sum + one.rows.reduce((seats, row) => seats + row.seats.length, 0), 0);
}

function placesWhere(map: SeatMap, is: (section: Section, row: Row) => boolean): Set<number> {
  const found = new Set<number>();
  let place = 0;
  for (const section of map.sections)
    for (const row of section.rows)
      for (let at = 0; at < row.seats.length; at++, place++) if (is(section, row)) found.add(place);
  return found;
}
