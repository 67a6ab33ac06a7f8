import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Change an allowance; a new amount holds at once. */
export function useChangeAllowance() {
  const queries = useQueryClient();
  return api.useMutation("put", "/api/v1/quotas/{allowance_id}", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/quotas"]),
  });
}
