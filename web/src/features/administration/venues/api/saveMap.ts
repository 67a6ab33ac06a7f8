import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Save the next version of a venue's map, onto the one that was read. */
export function useSaveMap() {
  const queries = useQueryClient();
  return api.useMutation("put", "/api/v1/venues/{venue_id}/map", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/venues"]),
  });
}
