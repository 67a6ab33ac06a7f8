import { api } from "@/lib/api/client";

/** List the tags in use. */
export function useTags() {
  return api.useQuery("get", "/api/v1/tags", {}, { staleTime: 300_000 });
}
