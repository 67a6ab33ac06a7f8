import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Bring a retired resource back into use. */
export function useRestoreResource() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/resources/{resource_id}/restore", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/resources"]),
  });
}
