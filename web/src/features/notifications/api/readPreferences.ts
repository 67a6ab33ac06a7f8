import { api } from "@/lib/api/client";

/** Read what one is told of, by which channels. */
export function usePreferences() {
  return api.useQuery("get", "/api/v1/notifications/preferences");
}
