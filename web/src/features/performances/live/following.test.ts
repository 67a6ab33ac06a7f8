import { describe, expect, it } from "vitest";
import { freeOf, type Hall, told } from "./following";

const topic = "performance/1";
const hall: Hall = { states: "ffff", areas: [{ key: "floor", capacity: 50, taken: 0 }], heard: { epoch: "a", version: 4 } };

describe("a hall that is followed", () => {
  it("changes seat by seat", () => {
    const next = told(hall, { type: "delta", topic, epoch: "a", version: 5, seats: [[2, "h"]], areas: [["floor", 12]] });
    expect(next).toEqual({ states: "ffhf", areas: [{ key: "floor", capacity: 50, taken: 12 }], heard: { epoch: "a", version: 5 } });
  });

  it("passes over what it knows already", () => {
    expect(told(hall, { type: "delta", topic, epoch: "a", version: 4, seats: [[2, "h"]], areas: [] })).toBe(hall);
  });

  it("is asked for anew after a gap, another beginning, or nothing to change", () => {
    const delta = { type: "delta", topic, seats: [], areas: [] } as const;
    expect(told(hall, { ...delta, epoch: "a", version: 6, seats: [], areas: [] })).toBeNull();
    expect(told(hall, { ...delta, epoch: "b", version: 5, seats: [], areas: [] })).toBeNull();
    expect(told({ ...hall, heard: null }, { ...delta, epoch: "a", version: 5, seats: [], areas: [] })).toBeNull();
  });

  it("has room for a person on each free seat, and in what is left of its areas", () => {
    expect(freeOf({ states: "fhsbff", areas: [{ key: "floor", capacity: 50, taken: 12 }] })).toBe(41);
    expect(freeOf({ states: "", areas: [] })).toBe(0);
  });

  it("begins with all of it", () => {
    const next = told(hall, { type: "snapshot", topic, epoch: "b", version: 1, states: "ssff", areas: [] });
    expect(next).toEqual({ states: "ssff", areas: [], heard: { epoch: "b", version: 1 } });
  });
});
