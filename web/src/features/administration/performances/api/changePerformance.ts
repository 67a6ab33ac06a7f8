import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Change a performance; what was bought keeps its price. */
export function useChangePerformance() {
  const queries = useQueryClient();
  return api.useMutation("patch", "/api/v1/performances/{performance_id}", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/performances"]),
  });
}
