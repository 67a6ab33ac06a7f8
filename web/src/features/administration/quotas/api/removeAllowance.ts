import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** End an allowance; what it counted can still be read. */
export function useRemoveAllowance() {
  const queries = useQueryClient();
  return api.useMutation("delete", "/api/v1/quotas/{allowance_id}", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/quotas"]),
  });
}
