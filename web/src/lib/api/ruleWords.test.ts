import { i18n } from "@lingui/core";
import { beforeAll, expect, it } from "vitest";
import { speak } from "@/lib/i18n/locales";
import { ruleWords } from "./ruleWords";

const LONG = { resource: "Room 14", rule: "minutes_max", limit: 90, message: "At most." };

beforeAll(() => speak("fr"));

it("says in the reader's language what a rule would allow", () => {
  expect(i18n.locale).toBe("fr");
  expect(ruleWords(LONG)).toMatch(/^Room 14 .*1.h.*30.min/);
  expect(ruleWords(LONG)).not.toContain("can be reserved");
  expect(ruleWords({ ...LONG, rule: "horizon_days_max", limit: 1 })).toContain("1 jour ");
  expect(ruleWords({ ...LONG, rule: "horizon_days_max", limit: 30 })).toContain("30 jours");
});

it("tells a rule that it does not know as Berth does", () => {
  expect(ruleWords({ ...LONG, rule: "moon" })).toBe("At most.");
});
