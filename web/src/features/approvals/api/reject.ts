import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Reject what was asked for, with a message if there is one. */
export function useReject() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/approvals/{request_id}/reject", {
    onSettled: () => invalidatePaths(queries, ["/api/v1/approvals", "/api/v1/reservations", "/api/v1/schedule"]),
  });
}
