import type { Notice, Told } from "./socket";

/** What a series would come to: what is free, and on which days it recurs at all. */
const PREVIEW = "/api/v1/reservations/recurring/preview";

/** Paths that are to be read again after a notice, by the beginning of what it is about. */
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
  ["berth.seating.", ["/api/v1/venues", "/api/v1/performances", "/api/v1/orders", "/api/v1/seat-holds"]],
];
/** What is read again where it is not known what changed. */
export const EVERYTHING: readonly string[] = ["/api/v1"];

/** Answer the beginnings of the paths to read again after what was told; a notice that is not known concerns everything. */
export function concernedPaths(told: Told): readonly string[] {
  if (told.type === "missed") return EVERYTHING;
  if (told.type !== "notice") return [];
  const { about } = told as Notice;
  return CONCERNS.find(([beginning]) => about.startsWith(beginning))?.[1] ?? EVERYTHING;
}
