/**
 * What of the API the service worker keeps on this device, for when there is no network, and answers with: one's own next
 * reservations, and nothing else. Here is what both sides must agree on.
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

/** What a page itself keeps for whoever is signed in has a name in the local storage that begins so. */
export const OWN_PREFIX = "berth.own.";

/** Forget what is kept: it belongs to whoever was signed in. */
export function forgetKept(): void {
  Object.keys(localStorage)
    .filter((name) => name.startsWith(OWN_PREFIX))
    .forEach((name) => localStorage.removeItem(name));
  if (typeof caches === "undefined") return;
  navigator.serviceWorker?.controller?.postMessage(FORGET);
  void caches.delete(KEPT_CACHE);
}
