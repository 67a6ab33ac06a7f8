import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Stand in line for what is taken; what is free by now is offered in the same answer. */
export function useJoinWaitlist() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/waitlist", {
    onSettled: () => invalidatePaths(queries, ["/api/v1/waitlist", "/api/v1/schedule", "/api/v1/resources", "/api/v1/free"]),
  });
}
