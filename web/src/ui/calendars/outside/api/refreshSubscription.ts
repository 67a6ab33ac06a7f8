import { useMutation, useQueryClient } from "@tanstack/react-query";
import { client } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";
import { LOOK_MS, LOOKS_MAX, type Subscription } from "../subscription";

/** Have a calendar read now; is under way until it was tried, or for as long as is reasonable to wait for that. */
export function useRefreshSubscription() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ id }: Subscription) => {
      const that = { params: { path: { subscription_id: id } } };
      const { data: before } = await client.POST("/api/v1/calendars/subscriptions/{subscription_id}/refresh", that);
      for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
        const { data } = await client.GET("/api/v1/calendars/subscriptions/{subscription_id}", that);
        if (data && data.tried_at !== before?.tried_at) return data;
        await new Promise((go) => setTimeout(go, LOOK_MS));
      }
      return null;
    },
    onSettled: () => invalidatePaths(queries, ["/api/v1/calendars/subscriptions", "/api/v1/calendars/busy", "/api/v1/schedule", "/api/v1/resources"]),
  });
}
