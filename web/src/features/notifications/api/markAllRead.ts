import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Mark all as read, up to the newest that was seen. */
export function useMarkAllRead() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/notifications/read-all", {
    onSettled: () => invalidatePaths(queries, ["/api/v1/notifications"]),
  });
}
