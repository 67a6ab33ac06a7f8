import { useSyncExternalStore } from "react";
import { TAKE_OVER } from "./kept";

const LOOK_EVERY_MS = 60 * 60_000;

let waiting: ServiceWorker | null = null;
const listeners = new Set<() => void>();

/** Let the service worker keep the app for when there is no network; while developing there is none. */
export async function installWorker(): Promise<void> {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const registration = await navigator.serviceWorker.register("/sw.js", { type: "classic" });
  noteWaiting(registration);
  registration.addEventListener("updatefound", () => {
    const found = registration.installing;
    found?.addEventListener("statechange", () => noteWaiting(registration));
  });
  // A page that is open for days asks by itself.
  setInterval(() => void registration.update().catch(() => undefined), LOOK_EVERY_MS);
}

/** Answer the newer version of the app that is ready, if there is one. */
export function useUpdate(): ServiceWorker | null {
  return useSyncExternalStore(subscribe, () => waiting);
}

/** Change to the newer version: it takes over, and every page is loaded anew by it. */
export function takeUpdate(update: ServiceWorker): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  update.postMessage(TAKE_OVER);
}

function noteWaiting(registration: ServiceWorkerRegistration): void {
  waiting = registration.waiting && registration.active ? registration.waiting : null;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
