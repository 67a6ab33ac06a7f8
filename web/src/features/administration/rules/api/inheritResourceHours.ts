import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Let a resource have the opening hours of the site above. */
export function useInheritResourceHours() {
  const queries = useQueryClient();
  return api.useMutation("delete", "/api/v1/resources/{owner_id}/opening-hours", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/sites", "/api/v1/resources"]),
  });
}
