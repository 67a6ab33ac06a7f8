import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Close resources for a time. */
export function useCreateBlackout() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/blackouts", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/blackouts", "/api/v1/schedule"]),
  });
}
