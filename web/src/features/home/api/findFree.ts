import { keepPreviousData } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import type { Window } from "@/lib/wish/window";

const OFFERS_MAX = 4;

/** Find what is free for a wish: each resource that fits with its earliest time, best first. */
export function useFree(window: Window, wish: { people?: number; text?: string }, enabled: boolean) {
  const query = {
    minutes: window.minutes,
    from: window.from.toISOString(),
    until: window.until.toISOString(),
    capacity_min: wish.people,
    text: wish.text,
    limit: OFFERS_MAX,
  };
  return api.useQuery("get", "/api/v1/free", { params: { query } }, { enabled, placeholderData: keepPreviousData });
}
