/** The cells of a CSV file, row by row; the first row is its header. */
export type Sheet = string[][];

/** What tells in which zone a row's times are: what it reserves, or the reservation that it moves. */
export interface Place {
  resource?: string;
  reservation?: string;
}

/** A time that cannot be read, since nobody knows where it is. Rows count as a spreadsheet counts them. */
export interface Lost {
  row: number;
  column: string;
  place: Place;
}

const LOCAL = /^\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}(:\d{2})?$/;
const TIMES = ["start", "end"];

/** Answer the cells of a file, or none if its quotes do not fit together. */
export function readSheet(text: string): Sheet | null {
  const rows: Sheet = [];
  const row: string[] = [];
  let [cell, quoted] = ["", false];
  const content = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  for (let at = 0; at < content.length; at += 1) {
    const sign = content[at]!;
    if (quoted && sign === '"' && content[at + 1] === '"') {
      cell += sign;
      at += 1;
    } else if (sign === '"') quoted = !quoted;
    else if (quoted || !",\n".includes(sign)) cell += sign;
    else {
      row.push(cell);
      cell = "";
      if (sign === "\n") rows.push(row.splice(0));
    }
  }
  if (quoted) return null;
  if (cell || row.length > 0) rows.push([...row, cell]);
  return rows;
}

/** Answer the file that has these cells. */
export function writeSheet(sheet: Sheet): string {
  const written = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return sheet.map((row) => row.map(written).join(",")).join("\r\n");
}

/** Answer where the rows are whose times are written without an offset, each place once. */
export function placesOf(sheet: Sheet): Place[] {
  const found = new Map(localTimes(sheet).map(({ place }) => [placeKey(place), place]));
  return [...found.values()];
}

/** Answer a name for a place, the same for the same. */
export function placeKey({ resource, reservation }: Place): string {
  return resource ? `resource ${resource}` : `reservation ${reservation ?? ""}`;
}

/** Answer the cells with their local times as instants, given what tells the instant of a local time at a place. */
export function withInstants(sheet: Sheet, instantAt: (local: string, place: Place) => Date | null): { sheet: Sheet; lost: Lost[] } {
  const rows = sheet.map((row) => [...row]);
  const lost: Lost[] = [];
  for (const { row, column, name, place } of localTimes(sheet)) {
    const instant = instantAt(rows[row]![column]!.trim().replace(" ", "T"), place);
    if (instant) rows[row]![column] = instant.toISOString();
    else lost.push({ row: row + 1, column: name, place });
  }
  return { sheet: rows, lost };
}

function localTimes(sheet: Sheet): { row: number; column: number; name: string; place: Place }[] {
  const header = (sheet[0] ?? []).map((name) => name.trim().toLowerCase());
  const columns = TIMES.map((name) => ({ name, column: header.indexOf(name) })).filter(({ column }) => column >= 0);
  return sheet.flatMap((cells, row) => {
    const of = (name: string) => cells[header.indexOf(name)]?.trim() ?? "";
    const resource = of("resource").split(";")[0]!.trim();
    const place = resource ? { resource } : { reservation: of("reservation") };
    if (row === 0) return [];
    return columns.filter(({ column }) => LOCAL.test(cells[column]?.trim() ?? "")).map((one) => ({ ...one, row, place }));
  });
}
