import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Give up one occurrence of a series, it and all that follow, or all that have not begun. */
export function useCancelSeries() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/series/{series_id}/cancel", {
    onSettled: () => invalidatePaths(queries, ["/api/v1/series", "/api/v1/reservations", "/api/v1/schedule", "/api/v1/resources", "/api/v1/free"]),
  });
}
