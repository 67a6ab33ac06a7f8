/// <reference lib="webworker" />
import { AS_OF, FORGET, KEPT_CACHE, KEPT_PATH, TAKE_OVER } from "./lib/offline/kept";

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] };

/**
 * Keeps the app on the device, so that it opens without a network, and of what the API answers one's own next
 * reservations, until somebody signs out. The name of the files' cache is that of the build, so that an update replaces
 * all of them at once; it waits for that until the page that is open agrees.
 */
const FILES = self.__WB_MANIFEST.map((one) => ({ ...one, url: one.url === "index.html" ? "/" : `/${one.url}` }));
const CACHE = `berth-${FILES.map((one) => one.revision ?? one.url).reduce(hash, 5381)}`;
/** Counts who was signed in: what one was answered is not kept for the next. */
let visitor = 0;
const NOT_PAGES = /^\/(api|docs|health|internal|metrics|ready|ws)(\/|$)/;

self.addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => (self.registration.active ? undefined : self.skipWaiting())));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOthers().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data === TAKE_OVER) void self.skipWaiting();
  if (event.data === FORGET) {
    visitor += 1;
    event.waitUntil(caches.delete(KEPT_CACHE));
  }
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method === "GET" && url.origin === self.location.origin && url.pathname === KEPT_PATH)
    return event.respondWith(own(event.request));
  if (event.request.method !== "GET" || url.origin !== self.location.origin || NOT_PAGES.test(url.pathname)) return;
  if (event.request.mode === "navigate") event.respondWith(fetch(event.request).catch(() => kept("/")));
  else event.respondWith(kept(url.pathname).catch(() => fetch(event.request)));
});

async function keep(): Promise<void> {
  const cache = await caches.open(CACHE);
  // The list of the build names some twice, and twice the same is refused as a whole.
  const urls = [...new Set(FILES.map((one) => one.url))];
  await cache.addAll(urls.map((url) => new Request(url, { cache: "reload" })));
}

async function dropOthers(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("berth-") && name !== CACHE).map((name) => caches.delete(name)));
}

async function kept(path: string): Promise<Response> {
  const found = await (await caches.open(CACHE)).match(path);
  if (!found) throw new Error(`${path} is not kept`);
  return found;
}

// Without a token there is no use in asking: the page could not get one, for want of a network.
async function own(request: Request): Promise<Response> {
  const asker = visitor;
  if (!request.headers.has("Authorization")) return (await keptOwn(request)) ?? fetch(request);
  try {
    const answer = await fetch(request);
    if (answer.ok) await keepOwn(request, answer.clone(), asker);
    return answer;
  } catch (error) {
    const found = await keptOwn(request);
    if (found) return found;
    throw error;
  }
}

async function keepOwn(request: Request, answer: Response, asker: number): Promise<void> {
  const headers = new Headers({ "Content-Type": "application/json", [AS_OF]: new Date().toISOString() });
  const copy = new Response(await answer.text(), { headers });
  const cache = await caches.open(KEPT_CACHE);
  if (asker === visitor) await cache.put(request.url, copy);
}

async function keptOwn(request: Request): Promise<Response | undefined> {
  // Not by opening it, which would make it anew after a sign-out.
  const [found, ofAnother] = await Promise.all([
    caches.match(request.url, { cacheName: KEPT_CACHE }),
    caches.match(request.url, { cacheName: KEPT_CACHE, ignoreSearch: true }),
  ]);
  return found ?? (new URL(request.url).searchParams.has("cursor") ? undefined : ofAnother);
}

function hash(sum: number, text: string): number {
  return [...text].reduce((one, char) => (one * 33 + char.charCodeAt(0)) >>> 0, sum);
}
