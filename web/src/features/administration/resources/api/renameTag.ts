import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Rename a tag everywhere; if there is one of the new name, they become one. */
export function useRenameTag() {
  const queries = useQueryClient();
  return api.useMutation("patch", "/api/v1/tags/{tag}", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/tags", "/api/v1/resources"]),
  });
}
