import { useSyncExternalStore } from "react";

/** What Chromium gives a page that can be installed as an app; it is in no standard yet. */
interface InstallOffer extends Event {
  prompt: () => Promise<{ outcome: "accepted" | "dismissed" }>;
}

let offer: InstallOffer | null = null;
const listeners = new Set<() => void>();

/** Keep the browser's offer to install the app for when somebody wants it, instead of asking at once. */
export function watchInstallOffer(): void {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    change(event as InstallOffer);
  });
  addEventListener("appinstalled", () => change(null));
}

/** Answer what installs the app; none if it cannot be installed, or is. */
export function useInstall(): (() => void) | null {
  const offered = useSyncExternalStore(subscribe, () => offer);
  if (offered === null) return null;
  return () => {
    change(null);
    void offered.prompt();
  };
}

/** Tell whether this is an iPhone or iPad whose browser shows the app in a tab: it never offers to install. */
export function isInTabOfIos(): boolean {
  const isIos = /iPad|iPhone|iPod/.test(navigator.userAgent) || (/Mac/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);
  return isIos && !matchMedia("(display-mode: standalone)").matches;
}

function change(next: InstallOffer | null): void {
  offer = next;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
