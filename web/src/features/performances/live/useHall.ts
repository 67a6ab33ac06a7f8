import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "@/lib/api/client";
import { live } from "@/lib/live/socket";
import { followerOf } from "./follower";
import { keepFree } from "../api/readPerformance";
import { freeOf, type Hall } from "./following";

/** How often is looked where nothing is told. */
const LOOK_MS = 4_000;
/** What a performance is shown by, its map aside, which never changes. */
const SHOWN: readonly unknown[] = ["/api/v1/performances", "/api/v1/performances/{performance_id}", "/api/v1/seat-holds"];

/**
 * Answer how the seats of a performance stand, as it is told live; where nothing is told, it is looked at often. The
 * performance itself is read again when it was changed or cancelled, and is told at once how many places are free.
 */
export function useHall(performance_id: number) {
  const queries = useQueryClient();
  const [hall, setHall] = useState<Hall | null>(null);
  useEffect(() => {
    const predicate = ({ queryKey }: { queryKey: readonly unknown[] }) => SHOWN.includes(queryKey[1]);
    const look = () => void queries.invalidateQueries({ predicate });
    const topic = `performance/${performance_id}`;
    const follower = followerOf({ tell: setHall, ask: () => live.again(topic), look });
    const stop = live.follow(topic, follower);
    // Who waited to be admitted read the performance long ago, and was told nothing of it since.
    void queries.refetchQueries({ predicate, type: "active", stale: true });
    return () => {
      stop();
      follower.stop();
    };
  }, [performance_id, queries]);
  useEffect(() => {
    if (hall) keepFree(queries, performance_id, freeOf(hall));
  }, [hall, performance_id, queries]);
  const read = api.useQuery(
    "get",
    "/api/v1/performances/{performance_id}/seats",
    { params: { path: { performance_id } } },
    { refetchInterval: hall ? false : LOOK_MS },
  );
  const shown = hall ?? read.data;
  return { read, states: shown?.states ?? "", areas: shown?.areas ?? [], mine: read.data?.mine ?? NONE, isLive: hall !== null };
}

const NONE: readonly number[] = [];
