import { api } from "@/lib/api/client";

const SHOWN_MAX = 50;

/** Find resources by words, as many as a list can show. */
export function useResourcesFound(text: string) {
  return api.useQuery("get", "/api/v1/resources", { params: { query: { text: text || undefined, limit: SHOWN_MAX } } });
}
