import { describe, expect, it } from "vitest";
import { type Busy, fits, leftOf, standingAt } from "./plan";

const at = (time: string) => new Date(`2027-03-02T${time}:00Z`);
const busy = (start: string, end: string, kind: Busy["kind"] = "reservation"): Busy => ({
  resource_id: 7,
  start: at(start).toISOString(),
  end: at(end).toISOString(),
  kind,
});
const free = (until: string | null) => ({ state: "free" as const, until: until && at(until).toISOString() });
const PLAN = [busy("09:00", "10:00"), busy("10:00", "11:00"), busy("14:00", "15:00"), busy("16:00", "17:00", "blackout")];

describe("a display that hears nothing any more", () => {
  it("goes from free to busy and back by its plan", () => {
    const states = ["08:59", "09:00", "10:59", "11:00", "14:30"].map((now) => standingAt(at(now), PLAN, free("09:00")).state);
    expect(states).toEqual(["free", "busy", "busy", "free", "busy"]);
  });

  it("closes when it was told that hours end, where nothing of the plan begins", () => {
    expect(standingAt(at("17:59"), [], free("18:00"))).toMatchObject({ state: "free", until: at("18:00") });
    expect(standingAt(at("18:00"), [], free("18:00"))).toMatchObject({ state: "closed", until: null });
    expect(standingAt(at("07:00"), [], { state: "closed", until: at("08:00").toISOString() }).state).toBe("closed");
    expect(standingAt(at("08:00"), [], { state: "closed", until: at("08:00").toISOString() }).state).toBe("free");
  });
});

it("is busy until the end of what follows without a gap", () => {
  expect(standingAt(at("09:30"), PLAN, free(null)).until).toEqual(at("11:00"));
  expect(standingAt(at("09:30"), PLAN, free(null)).next).toEqual(PLAN[1]);
});

it("takes a blackout for closed, and a retired resource for nothing else", () => {
  expect(standingAt(at("16:30"), PLAN, free(null)).state).toBe("closed");
  expect(standingAt(at("09:30"), PLAN, { state: "retired", until: null }).state).toBe("retired");
});

it("offers what fits before the next one, and lists what is left", () => {
  const standing = standingAt(at("13:30"), PLAN, free("14:00"));
  expect([15, 30, 60].map((minutes) => fits(standing, at("13:30"), minutes))).toEqual([true, true, false]);
  expect(leftOf(PLAN, at("14:30"), at("16:00"))).toEqual([PLAN[2]]);
});
