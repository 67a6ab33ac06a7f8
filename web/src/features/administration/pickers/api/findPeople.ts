import { api } from "@/lib/api/client";

const SHOWN_MAX = 20;

/** Find active people by a part of their names or addresses, as many as a list can show. */
export function usePeopleFound(text: string) {
  return api.useQuery("get", "/api/v1/users", { params: { query: { text: text || undefined, active: true, limit: SHOWN_MAX } } });
}
