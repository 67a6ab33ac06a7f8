import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Approve what was asked for, with a message if there is one. */
export function useApprove() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/approvals/{request_id}/approve", {
    onSettled: () => invalidatePaths(queries, ["/api/v1/approvals", "/api/v1/reservations", "/api/v1/schedule"]),
  });
}
