import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Set a new allowance. */
export function useCreateAllowance() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/quotas", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/quotas"]),
  });
}
