import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Put something on in a venue. */
export function useCreatePerformance() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/performances", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/performances"]),
  });
}
