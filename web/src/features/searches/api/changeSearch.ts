import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Rename a saved search, or pause or resume the telling. */
export function useChangeSearch() {
  const queries = useQueryClient();
  return api.useMutation("patch", "/api/v1/searches/{search_id}", { onSettled: () => invalidatePaths(queries, ["/api/v1/searches"]) });
}
