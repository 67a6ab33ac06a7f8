import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Take a resource out of use; what was reserved stays. */
export function useRetireResource() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/resources/{resource_id}/retire", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/resources"]),
  });
}
