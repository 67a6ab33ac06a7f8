import { beforeAll, describe, expect, it } from "vitest";
import { speak } from "@/lib/i18n/locales";
import { recurrenceWords } from "./words";

const STARTS = "2027-03-02T10:00:00";
const said = (rule: string, bounds: { begins?: string; ends_before?: string } = {}) => recurrenceWords({ rule, starts: STARTS, ...bounds });

describe("a rule in English", () => {
  beforeAll(() => speak("en"));

  it.each([
    ["FREQ=DAILY;COUNT=1", "Every day, once"],
    ["FREQ=DAILY;INTERVAL=3;COUNT=5", "Every 3 days, 5 times"],
    ["FREQ=WEEKLY;COUNT=4", "Every week on Tuesday, 4 times"],
    ["FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", "Every 2 weeks on Tuesday and Thursday"],
    ["FREQ=MONTHLY", "Every month on day 2"],
    ["FREQ=MONTHLY;BYMONTHDAY=-1", "Every month on the last day"],
    ["FREQ=MONTHLY;BYMONTHDAY=-3", "Every month on day 3 from the end"],
    ["FREQ=MONTHLY;BYDAY=3TU", "Every month on the third Tuesday"],
    ["FREQ=MONTHLY;BYDAY=-1FR", "Every month on the last Friday"],
    ["FREQ=MONTHLY;BYDAY=-2FR", "Every month on Friday number 2 from the end"],
    ["FREQ=YEARLY", "Every year on day 2 in March"],
    ["FREQ=YEARLY;BYMONTH=4,6;BYDAY=1MO", "Every year on the first Monday in April and June"],
    ["FREQ=YEARLY;BYDAY=20MO", "Every year on Monday number 20 of the year"],
    ["FREQ=YEARLY;BYMONTHDAY=15", "Every year on day 15 of each month"],
  ])("says %s", (rule, words) => expect(said(rule)).toBe(words));

  it("says which of the days that fit", () => {
    expect(said("FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=-1")).toBe("Every month on Saturday and Sunday, of these only the last");
  });

  it("says the last day, also of a time", () => {
    expect(said("FREQ=DAILY;UNTIL=20270630T235959")).toMatch(/^Every day, until .*30.*2027|^Every day, until June 30, 2027/);
  });

  it("says what bounds it besides, and then not how often it recurs as a whole", () => {
    expect(said("FREQ=WEEKLY;COUNT=4", { ends_before: "2027-04-20T10:00:00" })).toMatch(/^Every week on Tuesday, until .*19/);
    expect(said("FREQ=WEEKLY;COUNT=4", { begins: "2027-04-20T10:00:00" })).toMatch(/^Every week on Tuesday, from .*20/);
    const term = said("FREQ=WEEKLY;BYDAY=MO", { begins: "2027-03-01T00:00:00", ends_before: "2027-07-01T00:00:00" });
    expect(term).toMatch(/^Every week on Monday, from .*\b1\b.* until .*30/);
  });
});

describe("a rule in French", () => {
  beforeAll(() => speak("fr"));

  it.each([
    ["FREQ=WEEKLY;COUNT=4", "Chaque semaine, mardi, 4 fois"],
    ["FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=1", "Toutes les 2 semaines, mardi et jeudi, une fois"],
    ["FREQ=MONTHLY;BYDAY=3TU", "Chaque mois, le troisième mardi"],
    ["FREQ=MONTHLY;BYMONTHDAY=15,-1", "Chaque mois, le 15 et le dernier jour"],
    ["FREQ=YEARLY", "Chaque année, le 2, en mars"],
  ])("says %s", (rule, words) => expect(said(rule)).toBe(words));

  it("says the last day", () => expect(said("FREQ=DAILY;UNTIL=20270630")).toBe("Chaque jour, jusqu'au 30 juin 2027"));
});

describe("a rule in Spanish", () => {
  beforeAll(() => speak("es"));

  it.each([
    ["FREQ=WEEKLY;COUNT=4", "Cada semana, martes, 4 veces"],
    ["FREQ=MONTHLY;BYDAY=-1FR", "Cada mes, el último viernes"],
    ["FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=15", "Cada 2 meses, el día 15"],
    ["FREQ=YEARLY;BYMONTH=4,6;BYDAY=1MO", "Cada año, el primer lunes, en abril y junio"],
  ])("says %s", (rule, words) => expect(said(rule)).toBe(words));

  it("says the last day", () => expect(said("FREQ=DAILY;UNTIL=20270630")).toBe("Cada día, hasta el 30 de junio de 2027"));
});
