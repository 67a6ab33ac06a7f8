import { api } from "@/lib/api/client";

/** Read how many notifications one has not read. */
export function useUnreadCount() {
  return api.useQuery("get", "/api/v1/notifications/unread-count");
}
