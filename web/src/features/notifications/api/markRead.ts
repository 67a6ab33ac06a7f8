import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Mark a notification as read. */
export function useMarkRead() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/notifications/{notification_id}/read", {
    onSettled: () => invalidatePaths(queries, ["/api/v1/notifications"]),
  });
}
