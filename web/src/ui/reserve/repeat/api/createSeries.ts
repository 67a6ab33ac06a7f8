import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Reserve all of a series, or nothing. */
export function useCreateSeries() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/reservations/recurring", {
    onSettled: () => invalidatePaths(queries, ["/api/v1/series", "/api/v1/reservations", "/api/v1/schedule", "/api/v1/resources", "/api/v1/free"]),
  });
}
