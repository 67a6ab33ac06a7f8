import { api } from "@/lib/api/client";

/** Read what a closing did when it was confirmed. */
export function useClosing(blackout_id: number) {
  return api.useQuery("get", "/api/v1/blackouts/{blackout_id}/closing", { params: { path: { blackout_id } } });
}
