import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Change members of a resource. */
export function useChangeResource() {
  const queries = useQueryClient();
  return api.useMutation("patch", "/api/v1/resources/{resource_id}", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/resources", "/api/v1/tags"]),
  });
}
