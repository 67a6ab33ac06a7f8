import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Grant more of an allowance for one period, or take some away. */
export function useGrant() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/quotas/{allowance_id}/grants", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/quotas"]),
  });
}
