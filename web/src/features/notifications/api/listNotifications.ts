import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";
import { useViewerZone } from "@/lib/time/ViewerZone";

const PER_PAGE = 20;

/** List one's own notifications, the newest first; only those not read if so asked. Their words name times of one's zone. */
export function useNotifications(unread: boolean) {
  const query = { limit: PER_PAGE, unread: unread || undefined, tz: useViewerZone() };
  return api.useInfiniteQuery("get", "/api/v1/notifications", { params: { query } }, PAGED);
}
