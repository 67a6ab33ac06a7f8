import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Change a price; what was agreed on stays. */
export function useChangePrice() {
  const queries = useQueryClient();
  return api.useMutation("put", "/api/v1/prices/{price_id}", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/prices"]),
  });
}
