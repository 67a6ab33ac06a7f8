import { useSyncExternalStore } from "react";
import { AS_OF, KEPT_PATH } from "./kept";

let asOf: string | null = null;
const listeners = new Set<() => void>();

/** Note of an answer whether it is from now or was kept. */
export function noteAnswer(url: string, headers: Headers): void {
  if (new URL(url).pathname === KEPT_PATH) change(headers.get(AS_OF));
}

/** Answer since when what is shown of one's reservations is, as an instant; none if it is from now. */
export function useAsOf(): string | null {
  return useSyncExternalStore(subscribe, () => asOf);
}

function change(next: string | null): void {
  asOf = next;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
