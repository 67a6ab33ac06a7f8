import { expect, it } from "vitest";
import { concernedPaths } from "./concerns";

const notice = { type: "notice", topic: "notices", subject: null, resource_ids: [] };

it("looks at reservations after booking spoke, and at schedules after a calendar changed", () => {
  expect(concernedPaths({ ...notice, about: "berth.booking.reservation_created.v1" } as never)).toContain("/api/v1/reservations");
  expect(concernedPaths({ ...notice, about: "calendar_changed" } as never)).toContain("/api/v1/schedule");
});

it("looks at everything after something was missed, or is of a kind that came later than the page", () => {
  expect(concernedPaths({ type: "missed", topic: "resources" })).toEqual(["/api/v1"]);
  expect(concernedPaths({ ...notice, about: "berth.weather.rain_began.v1" } as never)).toEqual(["/api/v1"]);
});

it("looks at nothing because a topic is followed", () => {
  expect(concernedPaths({ type: "subscribed", topic: "resources" })).toEqual([]);
});
