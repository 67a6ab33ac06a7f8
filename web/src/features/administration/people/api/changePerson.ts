import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Change somebody's role, name or access. */
export function useChangePerson() {
  const queries = useQueryClient();
  return api.useMutation("patch", "/api/v1/users/{person_id}", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/users"]),
  });
}
