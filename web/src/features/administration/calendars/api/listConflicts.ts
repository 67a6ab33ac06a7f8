import { api } from "@/lib/api/client";

/** List the reservations that stand where a calendar from outside says that the resource is busy. */
export function useConflicts(subscription_id: number) {
  return api.useQuery("get", "/api/v1/calendars/subscriptions/{subscription_id}/conflicts", { params: { path: { subscription_id } } });
}
