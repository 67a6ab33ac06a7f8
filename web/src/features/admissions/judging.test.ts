import { beforeEach, describe, expect, it } from "vitest";
import { asPrinted, brought, countOf, judge, type LetIn, Repeats, stillNeeded } from "./judging";
import { keepLetIn, keepList, keptLetIn, keptList } from "./kept";

const NOW = "2027-03-13T19:00:00.000Z";
const TICKETS = [
  { code: "AAAA", seat: "Row A, seat 1", admitted_at: null },
  { code: "BBBB", seat: "Row A, seat 2", admitted_at: "2027-03-13T18:30:00.000Z" },
];
const letIn = (code: string, at = NOW, waits = true): LetIn => ({ code, at, waits });

describe("a door without a network", () => {
  it("lets in by the list, once", () => {
    expect(judge(TICKETS, [], "AAAA", NOW)).toEqual({ code: "AAAA", verdict: "admitted", seat: "Row A, seat 1", admitted_at: NOW });
    expect(judge(TICKETS, [letIn("AAAA")], "AAAA", "2027-03-13T19:05:00.000Z")).toMatchObject({ verdict: "admitted_already", admitted_at: NOW });
  });

  it("knows who had come in before", () => {
    expect(judge(TICKETS, [], "BBBB", NOW)).toMatchObject({ verdict: "admitted_already", admitted_at: "2027-03-13T18:30:00.000Z" });
  });

  it("lets nobody in whom the list does not name", () => {
    expect(judge(TICKETS, [], "CCCC", NOW).verdict).toBe("unlisted");
    expect(judge([], [], "AAAA", NOW).verdict).toBe("unlisted");
  });

  it("counts everybody once", () => {
    expect(countOf(TICKETS, [letIn("AAAA"), letIn("BBBB")])).toEqual({ admitted: 2, tickets: 2 });
  });

  it("reads a code as it is printed", () => {
    expect(asPrinted(" aaaa bbbb\n")).toBe("AAAABBBB");
  });
});

describe("what waits to be brought in", () => {
  beforeEach(() => localStorage.clear());

  it("waits until it was brought, also what came in meanwhile", () => {
    const later = letIn("BBBB", "2027-03-13T19:01:00.000Z");
    expect(brought([letIn("AAAA"), later], [letIn("AAAA")])).toEqual([letIn("AAAA", NOW, false), later]);
  });

  it("is needed until a newer list has it", () => {
    const all = [letIn("AAAA", NOW, false), letIn("BBBB", NOW, true)];
    expect(stillNeeded(all, "2027-03-13T19:02:00.000Z")).toEqual([all[1]]);
    expect(stillNeeded(all, "2027-03-13T18:59:00.000Z")).toEqual(all);
  });

  it("is kept over a reload, and outlives the list of another performance", () => {
    keepList(5, { name: "Falstaff", heardAt: 1, tickets: TICKETS });
    keepLetIn(5, [letIn("AAAA")]);
    keepList(6, { name: "Macbeth", heardAt: 2, tickets: [] });
    expect(keptLetIn(5)).toEqual([letIn("AAAA")]);
    expect(keptList(5)).toBeNull();
    expect(keptList(6)?.name).toBe("Macbeth");
  });
});

describe("a camera", () => {
  it("sends a ticket once for as long as it is held there", () => {
    const repeats = new Repeats();
    const seen = [0, 3_000, 6_000, 12_000].map((now) => repeats.isAgain("AAAA", 100_000 + now));
    expect(seen).toEqual([false, true, true, false]);
    expect(repeats.isAgain("BBBB", 112_001)).toBe(false);
  });
});
