import type { components } from "@generated/schema";
import type { LinkProps } from "@tanstack/react-router";

type Notification = components["schemas"]["NotificationShown"];

/** Answer what Find is asked, so that it shows what the search finds. */
function findSearchOf(search: NonNullable<Notification["data"]["search"]>): LinkProps["search"] {
  return {
    text: search.text ?? undefined,
    kind: search.kind ?? undefined,
    tags: search.tags.length > 0 ? search.tags : undefined,
    site: search.site_id ?? undefined,
    capacity: search.capacity_min ?? undefined,
    from: search.start,
    until: search.end,
    minutes: search.minutes ?? undefined,
    view: "list",
  };
}

/** Answer the page that shows what a notification is about. */
export function addressOf(one: Pick<Notification, "kind" | "data">): Pick<LinkProps, "to" | "params" | "search"> {
  if (one.kind === "approval_asked") return { to: "/approvals" };
  if (one.data.order_id !== null) return { to: "/orders/$orderId", params: { orderId: one.data.order_id } };
  if (one.kind.startsWith("payment_")) return { to: "/payments" };
  if (one.kind.startsWith("waitlist_")) return { to: "/waitlist" };
  if (one.kind.startsWith("series_") && one.data.series_id !== null)
    return { to: "/series/$seriesId", params: { seriesId: one.data.series_id } };
  if (one.kind === "resource_closed" && one.data.reservation_id === null) return { to: "/reservations" };
  if (one.data.search) return { to: "/find", search: findSearchOf(one.data.search) };
  if (one.data.reservation_id === null) return { to: "/notifications" };
  return { to: "/reservations/$reservationId", params: { reservationId: one.data.reservation_id } };
}
