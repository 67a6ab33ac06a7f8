import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Let a saved search go. */
export function useRemoveSearch() {
  const queries = useQueryClient();
  return api.useMutation("delete", "/api/v1/searches/{search_id}", { onSettled: () => invalidatePaths(queries, ["/api/v1/searches"]) });
}
