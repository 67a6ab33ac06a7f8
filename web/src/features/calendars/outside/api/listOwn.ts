import { api } from "@/lib/api/client";
import { lookAgainMs } from "@/ui/calendars/outside/subscription";

/** List the calendars that one follows for oneself; again and again while one of them was never read. */
export function useOwnSubscriptions() {
  return api.useQuery(
    "get",
    "/api/v1/calendars/subscriptions",
    { params: { query: { kind: "person", limit: 200 } } },
    { refetchInterval: ({ state }) => lookAgainMs(state.data?.items) },
  );
}
