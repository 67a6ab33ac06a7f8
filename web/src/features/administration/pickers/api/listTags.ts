import { api } from "@/lib/api/client";

/** List all tags, and how many resources have each. */
export function useTags() {
  return api.useQuery("get", "/api/v1/tags");
}
