import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Give a site a term, such as an academic one. */
export function useCreateTerm() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/sites/{site_id}/terms", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/sites"]),
  });
}
