import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Set a new price. */
export function useCreatePrice() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/prices", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/prices"]),
  });
}
