import { describe, expect, it } from "vitest";
import { keptOf, type Kept, remembered } from "./kept";

const now = new Date("2027-03-02T09:00:00Z");
const kept = (id: number, minutes: number): Kept => ({ id, resources: [], start: now, end: now, until: new Date(now.getTime() + minutes * 60_000) });

describe("what is kept", () => {
  it("lasts as long as Berth says, whatever the clock of this device shows", () => {
    const hold = { id: 7, resources: [], start: "2027-03-05T09:00:00Z", end: "2027-03-05T10:00:00Z", created_at: "", expires_at: "2031-01-01T00:00:00Z", seconds_left: 90 };
    expect(keptOf(hold, now.getTime()).until.toISOString()).toBe("2027-03-02T09:01:30.000Z");
  });

  it("is shown with what ran out meanwhile, but not with what was reserved or given back", () => {
    const [runOut, givenBack, stays] = [kept(1, 0), kept(2, 5), kept(3, 8)];
    expect(remembered([runOut, givenBack, stays], [stays], now).map((one) => one.id)).toEqual([3, 1]);
  });
});
