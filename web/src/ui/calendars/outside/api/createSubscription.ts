import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Follow a calendar from outside: a file is looked through at once, an address asked as soon as may be. */
export function useCreateSubscription() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/calendars/subscriptions", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/calendars/subscriptions", "/api/v1/calendars/busy"]),
  });
}
