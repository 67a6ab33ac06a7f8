import { api } from "@/lib/api/client";

/** Have a section made from numbers; nothing is saved by it. */
export function useGenerateSection() {
  return api.useMutation("post", "/api/v1/seat-maps/sections");
}
