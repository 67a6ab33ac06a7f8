import { api } from "@/lib/api/client";

/** Say what would become of all that is in a resource for a time; nothing is changed. */
export function usePreviewClosing() {
  return api.useMutation("post", "/api/v1/resources/{resource_id}/closing/preview");
}
