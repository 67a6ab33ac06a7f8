import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { invalidatePaths } from "@/lib/api/queries";
import { concernedPaths, EVERYTHING } from "./concerns";
import { type Follower, live } from "./socket";

/** What concerns oneself, and what changes at any resource. */
const TOPICS = ["notices", "resources"];
/** How long notices are gathered, so that a burst of them is one look. */
const GATHER_MS = 150;
/** Many miss something at the same moment: they look again spread over this time. */
const SPREAD_MS = 2_000;

/**
 * Keep what is shown as fresh as Berth itself, for as long as the component is there. What happened while the connection
 * was lost is caught up with by looking at everything.
 */
export function useLive(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const looking = lookingAgain((paths) => void invalidatePaths(queries, paths));
    const stops = TOPICS.map((topic) => live.follow(topic, followerOf(looking.look)));
    return () => {
      stops.forEach((stop) => stop());
      looking.stop();
    };
  }, [queries]);
}

/** Answer somebody who looks at what is told, and at everything after a loss. */
export function followerOf(look: (paths: readonly string[], withinMs?: number) => void): Follower {
  let wasLost = false;
  return {
    heard: (told) => {
      if (told.type === "subscribed" && wasLost) look(EVERYTHING);
      if (told.type === "subscribed") wasLost = false;
      look(concernedPaths(told), told.type === "missed" ? SPREAD_MS : 0);
    },
    lost: () => {
      wasLost = true;
    },
  };
}

/** Answer how to look at paths together with others that are named in the same moment, and how to look no more. */
export function lookingAgain(read: (paths: readonly string[]) => void) {
  const waiting = new Set<string>();
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let gathering = false;
  const after = (ms: number, act: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, ms);
    timers.add(timer);
  };
  const look = (paths: readonly string[], withinMs = 0): void => {
    if (withinMs > 0) return after(Math.random() * withinMs, () => look(paths));
    paths.forEach((path) => waiting.add(path));
    if (gathering || waiting.size === 0) return;
    gathering = true;
    after(GATHER_MS, () => {
      gathering = false;
      const due = [...waiting];
      waiting.clear();
      read(due);
    });
  };
  return { look, stop: () => timers.forEach((one) => clearTimeout(one)) };
}
