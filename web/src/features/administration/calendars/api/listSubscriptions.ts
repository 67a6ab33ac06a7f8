import { api } from "@/lib/api/client";
import { lookAgainMs } from "@/ui/calendars/outside/subscription";

/** List the calendars from outside that a resource follows; again and again while one of them was never read. */
export function useSubscriptions(resource_id: number) {
  return api.useQuery(
    "get",
    "/api/v1/calendars/subscriptions",
    { params: { query: { kind: "resource", resource_id, limit: 200 } } },
    { refetchInterval: ({ state }) => lookAgainMs(state.data?.items) },
  );
}
