import { describe, expect, it } from "vitest";
import { placesOf, readSheet, withInstants, writeSheet } from "./sheet";

const HEADER = "action,reservation,resource,start,end,title";

describe("reading and writing", () => {
  it("reads cells with commas, quotes and line ends in them, and any line ends between rows", () => {
    expect(readSheet('\uFEFFa,"b, c"\r\n"d ""e""","f\ng"\rh,\n')).toEqual([["a", "b, c"], ['d "e"', "f\ng"], ["h", ""]]);
  });

  it("keeps empty rows, so that rows are counted as a spreadsheet counts them", () => {
    expect(readSheet("a\n\nb")).toEqual([["a"], [""], ["b"]]);
  });

  it("does not take a file whose quotes do not fit together", () => {
    expect(readSheet('a,"b')).toBeNull();
  });

  it("writes what it reads back as the same", () => {
    const sheet = [["a", 'b "c", d'], ["", "e\nf"]];
    expect(readSheet(writeSheet(sheet))).toEqual(sheet);
  });
});

describe("local times", () => {
  const sheet = readSheet(
    [
      HEADER,
      "create,,Room 12;Beamer,2031-03-03T09:00,2031-03-03 10:00,Talk",
      "move,7,,2031-03-03T09:00,,",
      "create,,Room 12,2031-03-03T09:00:00Z,2031-03-03T11:00,",
      "cancel,8,,,,",
      "create,,,2031-03-03T09:00,,",
    ].join("\n"),
  )!;

  it("are asked about once for each resource, or for the reservation that is moved", () => {
    expect(placesOf(sheet)).toEqual([{ resource: "Room 12" }, { reservation: "7" }, { reservation: "" }]);
  });

  it("become instants where their place is known, and are told where it is not", () => {
    const asked: string[] = [];
    const { sheet: found, lost } = withInstants(sheet, (local, place) => {
      asked.push(local);
      return place.resource || place.reservation ? new Date(`${local}:00+01:00`) : null;
    });
    expect(found[1]).toEqual(["create", "", "Room 12;Beamer", "2031-03-03T08:00:00.000Z", "2031-03-03T09:00:00.000Z", "Talk"]);
    expect(found[3]!.slice(3, 5)).toEqual(["2031-03-03T09:00:00Z", "2031-03-03T10:00:00.000Z"]);
    expect(asked).toContain("2031-03-03T10:00");
    expect(lost).toEqual([{ row: 6, column: "start", place: { reservation: "" } }]);
    expect(sheet[1]![3]).toBe("2031-03-03T09:00");
  });
});
