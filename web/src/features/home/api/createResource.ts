import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Make a resource; what lists resources is read again before this is done. */
export function useCreateResource() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/resources", { onSuccess: () => invalidatePaths(queries, ["/api/v1/resources"]) });
}
