import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Give a resource opening hours of its own. */
export function useSetResourceHours() {
  const queries = useQueryClient();
  return api.useMutation("put", "/api/v1/resources/{owner_id}/opening-hours", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/sites", "/api/v1/resources"]),
  });
}
