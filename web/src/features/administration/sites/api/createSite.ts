import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Make a site, below another one or at the top. */
export function useCreateSite() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/sites", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/sites"]),
  });
}
