import type { Notice } from "./stream";

/** What a series would come to: what is free, and on which days it recurs at all. */
const PREVIEW = "/api/v1/reservations/recurring/preview";

/** Paths that are to be read again after a notice, by the beginning of its type. */
const CONCERNS: readonly (readonly [string, readonly string[]])[] = [
  [
    "calendar_changed",
    [
      "/api/v1/schedule",
      "/api/v1/availability",
      "/api/v1/resources",
      "/api/v1/free",
      "/api/v1/waitlist",
      "/api/v1/searches",
      PREVIEW,
    ],
  ],
  [
    "berth.booking.",
    [
      "/api/v1/reservations",
      "/api/v1/series",
      "/api/v1/schedule",
      "/api/v1/approvals",
      "/api/v1/blackouts",
      "/api/v1/waitlist",
      "/api/v1/holds",
      "/api/v1/searches",
      "/api/v1/calendars/subscriptions",
    ],
  ],
  ["berth.catalog.", ["/api/v1/resources", "/api/v1/sites", "/api/v1/tags", "/api/v1/schedule", "/api/v1/free", "/api/v1/searches", PREVIEW]],
  ["berth.calendar.", ["/api/v1/calendars"]],
  ["berth.identity.", ["/api/v1/users"]],
  ["berth.notifications.", ["/api/v1/notifications", "/api/v1/approvals"]],
  ["berth.quota.", ["/api/v1/quotas"]],
  ["berth.access.", ["/api/v1/reservations"]],
  ["berth.payments.", ["/api/v1/reservations", "/api/v1/payments", "/api/v1/prices"]],
];
const EVERYTHING = ["/api/v1"];

/** Answer the beginnings of the paths to read again; what is not known concerns everything. */
export function concernedPaths(notice: Notice): readonly string[] {
  return CONCERNS.find(([beginning]) => notice.type.startsWith(beginning))?.[1] ?? EVERYTHING;
}
