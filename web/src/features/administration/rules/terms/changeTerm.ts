import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Change the name or the days of a term. */
export function useChangeTerm() {
  const queries = useQueryClient();
  return api.useMutation("put", "/api/v1/sites/{site_id}/terms/{term_id}", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/sites"]),
  });
}
