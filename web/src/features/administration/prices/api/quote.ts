import { api } from "@/lib/api/client";

/** Ask what resources would cost oneself at a time. */
export function useQuote() {
  return api.useMutation("post", "/api/v1/prices/quote");
}
