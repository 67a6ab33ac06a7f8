import { describe, expect, it } from "vitest";
import { visitStage } from "./visitStage";

const ready = { state: "ready", start: "2027-03-03T09:00:00Z", end: "2027-03-03T10:00:00Z", check_in_from: "2027-03-03T08:45:00Z" } as const;
const at = (time: string) => new Date(`2027-03-03T${time}Z`);

describe("a visit", () => {
  it("opens a while before the start, to the instant, and closes at the end", () => {
    expect(visitStage(ready, at("08:44:59"))).toBe("early");
    expect(visitStage(ready, at("08:45:00"))).toBe("open");
    expect(visitStage(ready, at("09:59:59"))).toBe("open");
    expect(visitStage(ready, at("10:00:00"))).toBe("none");
  });

  it("is under way from checking in on, and none while something is waited for", () => {
    expect(visitStage({ ...ready, state: "in_use" }, at("09:00:00"))).toBe("in_use");
    expect(visitStage({ ...ready, state: "pending" }, at("09:00:00"))).toBe("none");
  });
});
