import { keepPreviousData } from "@tanstack/react-query";
import { api } from "@/lib/api/client";

/** Find resources by words, as many as a list can show. */
export function useResourcesFound(text: string) {
  const query = { text: text || undefined, limit: 20 };
  return api.useQuery("get", "/api/v1/resources/search", { params: { query } }, { placeholderData: keepPreviousData });
}
