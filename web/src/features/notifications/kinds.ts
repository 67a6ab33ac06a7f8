import type { components } from "@generated/schema";
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { IconName } from "@/ui/Icon";

export type Kind = components["schemas"]["NotificationShown"]["kind"];

const KINDS: Record<Kind, { icon: IconName; label: MessageDescriptor }> = {
  reservation_created: { icon: "calendar", label: msg`A reservation was made` },
  reservation_ready: { icon: "check", label: msg`A reservation is confirmed` },
  reservation_changed: { icon: "calendar", label: msg`A reservation was changed` },
  reservation_cancelled: { icon: "cross", label: msg`A reservation was cancelled` },
  reservation_missed: { icon: "warning", label: msg`Nobody came` },
  reservation_reminder: { icon: "clock", label: msg`A reservation begins soon` },
  change_refused: { icon: "cross", label: msg`A change was refused` },
  approval_asked: { icon: "inbox", label: msg`My approval is asked for` },
  approval_decided: { icon: "check", label: msg`My reservation was approved or not` },
  payment_asked: { icon: "card", label: msg`Something is to be paid` },
  payment_taken: { icon: "card", label: msg`A payment was made` },
  payment_returned: { icon: "card", label: msg`Money comes back` },
  waitlist_offered: { icon: "clock", label: msg`It is my turn in a waitlist` },
  waitlist_over: { icon: "cross", label: msg`I waited in vain` },
  series_settled: { icon: "check", label: msg`A series is confirmed or not` },
  series_missed: { icon: "warning", label: msg`A part of a series could not be reserved` },
  resource_closed: { icon: "warning", label: msg`Something that I have reserved is closed` },
  order_paid: { icon: "ticket", label: msg`My tickets are ready` },
  order_changed: { icon: "calendar", label: msg`What I have tickets for was changed` },
  order_cancelled: { icon: "cross", label: msg`An order of seats was cancelled` },
  search_matched: { icon: "bookmark", label: msg`Something that I searched for is free` },
};

/** Answer the sign of a kind. */
export function kindIcon(kind: Kind): IconName {
  return KINDS[kind].icon;
}

/** Answer what a kind tells of. */
export function kindLabel(kind: Kind): MessageDescriptor {
  return KINDS[kind].label;
}
