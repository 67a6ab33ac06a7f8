import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Close a resource for a time, and do what was shown to all that is in it. */
export function useCloseResource() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/resources/{resource_id}/closing", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/blackouts", "/api/v1/schedule", "/api/v1/reservations", "/api/v1/series"]),
  });
}
