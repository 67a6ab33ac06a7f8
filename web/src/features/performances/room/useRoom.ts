import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api, client } from "@/lib/api/client";
import { type Place, placeAfter } from "./standing";

const PATH = "/api/v1/performances/{performance_id}/queue";
/** What a clock may be late by, in milliseconds, so that a stay is over when it is asked about. */
const AFTER_MS = 500;
/** The longest that a timer of a browser can be set to. */
const TIMER_MS_MAX = 2 ** 31 - 1;

/** Answer how one stands in the queue of a performance, and how to join and to leave it. */
export function useRoom(performance_id: number) {
  const queries = useQueryClient();
  const init = { params: { path: { performance_id } } };
  const key = ["get", PATH, init];
  const read = useQuery({
    queryKey: key,
    queryFn: async () => {
      const before = queries.getQueryData<Place>(key);
      // Only who waits says to be still there: to whoever is inside it would mean to stand in line again.
      const answer = before?.state === "waiting" ? await client.POST(PATH, init) : await client.GET(PATH, init);
      return placeAfter(before, answer.data!);
    },
  });
  const joining = api.useMutation("post", PATH, { onSuccess: (found) => void queries.setQueryData<Place>(key, placeAfter(undefined, found)) });
  const leaving = api.useMutation("delete", PATH, {
    onSuccess: () => {
      queries.setQueryData<Place>(key, (before) => before && { ...before, state: "outside", position: null, admitted_until: null, wasInside: false });
      return read.refetch();
    },
  });
  useTicks(read.data?.ask_again_seconds ?? null, read.refetch);
  useEnd(read.data?.admitted_until ?? null, read.refetch);
  return { read, joining, leaving, join: () => joining.mutate(init), leave: () => leaving.mutate(init) };
}

/** Do something every so many seconds, in the background too. */
function useTicks(seconds: number | null, tick: () => unknown): void {
  useEffect(() => {
    if (seconds === null) return;
    // Browsers let the timers of a page in the background fire once a minute, which is too seldom to keep a place.
    const worker = new Worker(new URL("./ticking.ts", import.meta.url), { type: "module" });
    worker.onmessage = () => void tick();
    worker.postMessage(seconds * 1000);
    return () => worker.terminate();
  }, [seconds, tick]);
}

/** Do something when an instant is over. */
function useEnd(instant: string | null, end: () => unknown): void {
  useEffect(() => {
    if (instant === null) return;
    const left = new Date(instant).getTime() - Date.now() + AFTER_MS;
    const timer = setTimeout(() => void end(), Math.min(Math.max(left, AFTER_MS), TIMER_MS_MAX));
    return () => clearTimeout(timer);
  }, [instant, end]);
}
