import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Set the rules that a resource has of its own; what is left out is inherited. */
export function useSetResourcePolicy() {
  const queries = useQueryClient();
  return api.useMutation("put", "/api/v1/resources/{owner_id}/policy", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/sites", "/api/v1/resources"]),
  });
}
