import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Cancel a performance; all that was paid is returned. */
export function useCancelPerformance() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/performances/{performance_id}/cancel", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/performances"]),
  });
}
