import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Set somebody's password; all their sessions end. */
export function useResetPassword() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/users/{person_id}/password", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/users"]),
  });
}
