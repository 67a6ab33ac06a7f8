import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Follow a calendar from outside no more. */
export function useRemoveSubscription() {
  const queries = useQueryClient();
  return api.useMutation("delete", "/api/v1/calendars/subscriptions/{subscription_id}", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/calendars/subscriptions", "/api/v1/calendars/busy", "/api/v1/schedule", "/api/v1/resources"]),
  });
}
