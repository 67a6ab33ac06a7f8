import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Remove a term. */
export function useRemoveTerm() {
  const queries = useQueryClient();
  return api.useMutation("delete", "/api/v1/sites/{site_id}/terms/{term_id}", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/sites"]),
  });
}
