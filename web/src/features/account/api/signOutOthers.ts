import { api } from "@/lib/api/client";

/** End all one's sessions but this one. */
export function useSignOutOthers() {
  return api.useMutation("post", "/api/v1/logout/others");
}
