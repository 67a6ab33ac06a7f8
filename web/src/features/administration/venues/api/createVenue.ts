import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Make a venue of a resource. */
export function useCreateVenue() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/venues", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/venues"]),
  });
}
