import { describe, expect, it } from "vitest";
import { monthlyWays, neverRepeat, type Repeat, writeRule } from "./repeat";

const TUESDAY = "2027-03-02";
const chosen = (change: Partial<Repeat>, day = TUESDAY) => writeRule({ ...neverRepeat(day), ...change }, day);

describe("the rule that is written", () => {
  it("is none where nothing recurs, or something is missing", () => {
    expect(chosen({})).toBeNull();
    expect(chosen({ rhythm: "weekly", days: [] })).toBeNull();
    expect(chosen({ rhythm: "daily", interval: "" })).toBeNull();
    expect(chosen({ rhythm: "daily", interval: "1001" })).toBeNull();
    expect(chosen({ rhythm: "daily", count: "0" })).toBeNull();
    expect(chosen({ rhythm: "daily", count: "1.5" })).toBeNull();
    expect(chosen({ rhythm: "daily", ends: "day", until: "" })).toBeNull();
    expect(chosen({ rhythm: "daily", ends: "day", until: "2027-03-01" })).toBeNull();
    expect(chosen({ rhythm: "term" })).toBeNull();
    expect(writeRule({ ...neverRepeat(TUESDAY), rhythm: "daily" }, "")).toBeNull();
  });

  it("recurs by days, until a day or for a count", () => {
    expect(chosen({ rhythm: "daily", count: "5" })).toBe("FREQ=DAILY;COUNT=5");
    expect(chosen({ rhythm: "daily", interval: "3", ends: "day", until: "2027-06-30" })).toBe("FREQ=DAILY;INTERVAL=3;UNTIL=20270630");
  });

  it("recurs by weeks on weekdays, in their order", () => {
    expect(chosen({ rhythm: "weekly" })).toBe("FREQ=WEEKLY;BYDAY=TU;COUNT=10");
    expect(chosen({ rhythm: "weekly", interval: "2", days: [4, 0] })).toBe("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;COUNT=10");
  });

  it("leaves the end to the term", () => {
    expect(chosen({ rhythm: "term", termId: 4, days: [0, 1, 2, 3, 4] })).toBe("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR");
  });

  it("recurs by months, by the date or the place of the weekday", () => {
    expect(chosen({ rhythm: "monthly", monthly: "date" })).toBe("FREQ=MONTHLY;BYMONTHDAY=2;COUNT=10");
    expect(chosen({ rhythm: "monthly", monthly: "weekday" })).toBe("FREQ=MONTHLY;BYDAY=1TU;COUNT=10");
    expect(chosen({ rhythm: "monthly", monthly: "lastWeekday" }, "2027-03-30")).toBe("FREQ=MONTHLY;BYDAY=-1TU;COUNT=10");
    expect(chosen({ rhythm: "monthly", monthly: "lastDate" }, "2027-02-28")).toBe("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=10");
  });

  it("falls back to the date where the first day is no longer what was chosen", () => {
    expect(chosen({ rhythm: "monthly", monthly: "lastDate" })).toBe("FREQ=MONTHLY;BYMONTHDAY=2;COUNT=10");
  });

  it("recurs by years", () => {
    expect(chosen({ rhythm: "yearly", count: "2" })).toBe("FREQ=YEARLY;COUNT=2");
  });
});

it("offers the ends of a month only on days that are there", () => {
  expect(monthlyWays(TUESDAY)).toEqual(["date", "weekday"]);
  expect(monthlyWays("2027-03-25")).toEqual(["date", "weekday", "lastWeekday"]);
  expect(monthlyWays("2027-03-31")).toEqual(["date", "lastDate", "lastWeekday"]);
  expect(monthlyWays("2028-02-29")).toEqual(["date", "lastDate", "lastWeekday"]);
});
