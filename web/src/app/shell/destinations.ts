import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { LinkProps } from "@tanstack/react-router";
import type { IconName } from "@/ui/Icon";

export interface Destination {
  to: LinkProps["to"];
  label: MessageDescriptor;
  icon: IconName;
  /** What is counted beside it. */
  counts?: "approvals";
  /** For administrators alone. */
  restricted?: boolean;
}

/**
 * What the navigation leads to, in order: beside the page on a desk; below it on a phone, where the first
 * `ON_PHONE` have room and the others are behind "More".
 */
export const DESTINATIONS: readonly Destination[] = [
  { to: "/", label: msg`Home`, icon: "door" },
  { to: "/find", label: msg`Find`, icon: "search" },
  { to: "/reservations", label: msg`My reservations`, icon: "calendar" },
  { to: "/whats-on", label: msg`What's on`, icon: "ticket" },
  { to: "/orders", label: msg`My tickets`, icon: "seat" },
  { to: "/approvals", label: msg`Approvals`, icon: "inbox", counts: "approvals" },
  { to: "/waitlist", label: msg`Waitlist`, icon: "clock" },
  { to: "/searches", label: msg`Saved searches`, icon: "bookmark" },
  { to: "/quotas", label: msg`My quotas`, icon: "gauge" },
  { to: "/payments", label: msg`My payments`, icon: "card" },
  { to: "/profile", label: msg`Profile`, icon: "person" },
  { to: "/administration", label: msg`Administration`, icon: "gear", restricted: true },
];
export const ON_PHONE = 3;
