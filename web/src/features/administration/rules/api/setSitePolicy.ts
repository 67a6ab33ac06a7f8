import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Set the rules that a site has of its own; what is left out is inherited. */
export function useSetSitePolicy() {
  const queries = useQueryClient();
  return api.useMutation("put", "/api/v1/sites/{owner_id}/policy", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/sites", "/api/v1/resources"]),
  });
}
