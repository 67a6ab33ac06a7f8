import { useWaiting } from "./api/listWaiting";

/** Answer how many decisions wait for whoever is signed in, as far as one page tells. */
export function useWaitingCount(): number {
  return useWaiting().data?.pages.reduce((sum, page) => sum + page.items.length, 0) ?? 0;
}
