import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Remove a venue; its resource stays. */
export function useRemoveVenue() {
  const queries = useQueryClient();
  return api.useMutation("delete", "/api/v1/venues/{venue_id}", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/venues"]),
  });
}
