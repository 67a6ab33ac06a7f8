import { expect, it } from "vitest";
import { addressOf } from "./subject";

type Notification = Parameters<typeof addressOf>[0];

const data = { reservation_id: 7, order_id: null } as Notification["data"];

it("leads to where one acts on what was told", () => {
  expect(addressOf({ kind: "approval_asked", data })).toEqual({ to: "/approvals" });
  expect(addressOf({ kind: "payment_asked", data })).toEqual({ to: "/payments" });
  expect(addressOf({ kind: "waitlist_offered", data })).toEqual({ to: "/waitlist" });
  const search = { id: 3, name: "Labs", text: null, kind: "lab", tags: [], site_id: 4, capacity_min: null, start: "2031-03-03T09:00:00Z", end: "2031-03-03T12:00:00Z", minutes: 60 };
  expect(addressOf({ kind: "search_matched", data: { ...data, reservation_id: null, search } })).toEqual({
    to: "/find",
    search: { kind: "lab", site: 4, from: search.start, until: search.end, minutes: 60, view: "list" },
  });
  expect(addressOf({ kind: "reservation_changed", data })).toMatchObject({ params: { reservationId: 7 } });
  const series = { ...data, series_id: 5 };
  expect(addressOf({ kind: "series_settled", data: series })).toMatchObject({ params: { seriesId: 5 } });
  expect(addressOf({ kind: "reservation_created", data: series })).toMatchObject({ params: { reservationId: 7 } });
});

it("leads from an order of seats and from its payment to the order", () => {
  const order = { ...data, reservation_id: null, order_id: 9 };
  for (const kind of ["order_paid", "order_changed", "order_cancelled", "payment_asked", "payment_returned"] as const)
    expect(addressOf({ kind, data: order })).toEqual({ to: "/orders/$orderId", params: { orderId: 9 } });
});

it("leads from a closing to the one reservation that it concerned, or to all", () => {
  expect(addressOf({ kind: "resource_closed", data })).toMatchObject({ params: { reservationId: 7 } });
  expect(addressOf({ kind: "resource_closed", data: { ...data, reservation_id: null } })).toEqual({ to: "/reservations" });
});
