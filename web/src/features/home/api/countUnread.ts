import { api } from "@/lib/api/client";

/** Count one's notifications that are not read. */
export function useUnreadCount() {
  return api.useQuery("get", "/api/v1/notifications/unread-count");
}
