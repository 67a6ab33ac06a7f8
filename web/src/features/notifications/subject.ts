import type { components } from "@generated/schema";
import type { LinkProps } from "@tanstack/react-router";

type Notification = components["schemas"]["NotificationShown"];

/** Answer the page that shows what a notification is about. */
export function addressOf(one: Pick<Notification, "kind" | "data">): Pick<LinkProps, "to" | "params"> {
  if (one.kind === "approval_asked") return { to: "/approvals" };
  if (one.kind.startsWith("payment_")) return { to: "/payments" };
  if (one.kind.startsWith("waitlist_")) return { to: "/waitlist" };
  if (one.kind.startsWith("series_") && one.data.series_id !== null)
    return { to: "/series/$seriesId", params: { seriesId: one.data.series_id } };
  if (one.kind === "resource_closed" && one.data.reservation_id === null) return { to: "/reservations" };
  if (one.data.reservation_id === null) return { to: "/notifications" };
  return { to: "/reservations/$reservationId", params: { reservationId: one.data.reservation_id } };
}
