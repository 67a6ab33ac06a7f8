import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Take a tag off every resource. */
export function useRemoveTag() {
  const queries = useQueryClient();
  return api.useMutation("delete", "/api/v1/tags/{tag}", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/tags", "/api/v1/resources"]),
  });
}
