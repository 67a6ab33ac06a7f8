import { describe, expect, it } from "vitest";
import { countdownWords } from "./countdownWords";

describe("a countdown", () => {
  it("counts to the second, hours only if there are any, and days from two on", () => {
    expect(countdownWords(309_000, "en")).toBe("5:09");
    expect(countdownWords(11_109_000, "en")).toBe("3:05:09");
    expect(countdownWords(47 * 3_600_000, "en")).toBe("47:00:00");
    expect(countdownWords(3 * 86_400_000, "fr")).toMatch(/^3\sjours$/);
  });

  it("reaches nothing exactly when it is time, and stays there", () => {
    expect(countdownWords(1, "en")).toBe("0:01");
    expect(countdownWords(0, "en")).toBe("0:00");
    expect(countdownWords(-5_000, "en")).toBe("0:00");
  });
});
