import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Rename a site, move it, or change its kind or zone. */
export function useChangeSite() {
  const queries = useQueryClient();
  return api.useMutation("patch", "/api/v1/sites/{site_id}", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/sites", "/api/v1/resources"]),
  });
}
