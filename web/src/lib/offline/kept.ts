/**
 * What of the API is kept on this device, for when there is no network: one's own next reservations, and nothing else.
 * The service worker keeps it and answers with it; here is what both sides must agree on.
 */
export const KEPT_PATH = "/api/v1/reservations/upcoming";
/** The cache's name; that of the app's own files differs, for it changes with every version. */
export const KEPT_CACHE = "own-reservations";
/** Says of an answer when it was given, if it was not given now. */
export const AS_OF = "X-Berth-As-Of";
/** What the worker is told when somebody signs in or out. */
export const FORGET = "forget";
/** What the worker is told when it may replace the one before it. */
export const TAKE_OVER = "take over";

/** Forget what is kept: it belongs to whoever was signed in. */
export function forgetKept(): void {
  if (typeof caches === "undefined") return;
  navigator.serviceWorker?.controller?.postMessage(FORGET);
  void caches.delete(KEPT_CACHE);
}
