import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Name a venue. */
export function useRenameVenue() {
  const queries = useQueryClient();
  return api.useMutation("patch", "/api/v1/venues/{venue_id}", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/venues"]),
  });
}
