import { expect, it } from "vitest";
import { moneyWords } from "./money";

it("writes minor units with as many decimals as the currency has", () => {
  expect(moneyWords(1250, "EUR", "en-GB")).toBe("€12.50");
  expect(moneyWords(1250, "JPY", "en-GB")).toBe("JP¥1,250");
  expect(moneyWords(1250, "KWD", "en-GB").replace(/\s/g, " ")).toBe("KWD 1.250");
});
