import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Change one's own name, e-mail address or time zone. */
export function useChangeMe() {
  const queries = useQueryClient();
  return api.useMutation("patch", "/api/v1/users/me", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/users"]),
  });
}
