import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { invalidatePaths } from "@/lib/api/queries";
import { accessToken, refused } from "@/lib/api/session";
import { concernedPaths } from "./concerns";
import { notices } from "./stream";

const PATH = "/api/v1/live";
/** How long notices are gathered, so that a burst of them is one look. */
const GATHER_MS = 150;
const RETRY_MS_MIN = 500;
const RETRY_MS_MAX = 30_000;

/**
 * Keep what is shown as fresh as Berth itself, for as long as the component is there. A stream that is lost is opened
 * again, sooner or later; what happened meanwhile is caught up with by looking at everything.
 */
export function useLive(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const stop = new AbortController();
    const waiting = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (paths: readonly string[]) => {
      paths.forEach((path) => waiting.add(path));
      timer ??= setTimeout(() => {
        const due = [...waiting];
        waiting.clear();
        timer = undefined;
        void invalidatePaths(queries, due);
      }, GATHER_MS);
    };
    void listen(stop.signal, look);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [queries]);
}

async function listen(signal: AbortSignal, look: (paths: readonly string[]) => void): Promise<void> {
  let failures = 0;
  for (let opened = false; !signal.aborted; ) {
    try {
      const body = await open(signal);
      if (body === null) return;
      if (opened) look(["/api/v1"]);
      opened = true;
      failures = 0;
      for await (const notice of notices(body)) look(concernedPaths(notice));
    } catch {
      failures += 1;
    }
    const pause = Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** failures);
    await new Promise((go) => setTimeout(go, pause * (0.5 + Math.random() / 2)));
  }
}

/** Answer the stream, or none if nobody is signed in; throws if it cannot be had now. */
async function open(signal: AbortSignal): Promise<ReadableStream<Uint8Array> | null> {
  const token = await accessToken();
  if (token === null) return null;
  // What it brings is of use only after what is asked for on its behalf: it lets that go first.
  const response = await fetch(PATH, { headers: { Authorization: `Bearer ${token}` }, priority: "low", signal });
  if (response.status === 401) refused(token);
  if (!response.ok || !response.body) throw new Error(`live: HTTP ${response.status}`);
  return response.body;
}
