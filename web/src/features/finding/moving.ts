import { useLingui } from "@lingui/react/macro";
import { useCallback, useState } from "react";
import type { Wish } from "@/ui/reserve/wish";
import { tellDone } from "@/ui/notice/toast";
import { useChangeReservation } from "./api/changeReservation";
import { useReadResourceIds } from "./api/readResourceIds";
import type { Block } from "./timeline/geometry/blocks";
import type { Row, Scene } from "./timeline/scene";

const WAIT_SECONDS = 5;

/** A move that was refused, and how to take another slot instead. */
interface Refused {
  error: unknown;
  wish: Wish;
  take: (wish: Wish) => void;
}

export interface Moving {
  change: (block: Block, row: Row, from: number, until: number) => void;
  refused: Refused | null;
  forget: () => void;
  /** What has happened, in words. */
  news: string;
}

/** Answer how one's own reservations are moved and resized: shown at once, and undone with the reason if refused. */
export function useMoving(words: Scene["words"]): Moving {
  const { t } = useLingui();
  const { mutateAsync } = useChangeReservation();
  const readResourceIds = useReadResourceIds();
  const [refused, setRefused] = useState<Refused | null>(null);
  const [news, setNews] = useState("");
  const change = useCallback(
    (block: Block, row: Row, from: number, until: number) => {
      const move = async (wish: Wish) => {
        const [start, end] = [wish.start.getTime(), wish.end.getTime()];
        const to = wish.resources[0]!;
        setRefused(null);
        setNews(t`Moving to ${to.name}, ${words(start, end)} …`);
        try {
          const reservation_id = block.reservationId!;
          const resource_ids = to.id === block.resourceId ? null : swapped(await readResourceIds(reservation_id), block.resourceId, to.id);
          const moved = await mutateAsync({
            params: { path: { reservation_id }, header: { "if-match": `"${block.grip!.version}"`, prefer: `wait=${WAIT_SECONDS}` } },
            body: { start: wish.start.toISOString(), end: wish.end.toISOString(), ...(resource_ids && { resource_ids }) },
          });
          const when = words(start, end);
          const said = moved.move ? t`The move to ${when} waits for its confirmation; both times are kept.` : t`Moved to ${to.name}, ${when}.`;
          setNews(said);
          tellDone(said);
        } catch (error) {
          setNews(t`Not moved: it stays where it was.`);
          setRefused({ error, wish, take: (other) => void move(other) });
        }
      };
      void move({ resources: [row], start: new Date(from), end: new Date(until), title: block.title });
    },
    [mutateAsync, readResourceIds, t, words],
  );
  return { change, refused, forget: () => setRefused(null), news };
}

function swapped(ids: readonly number[], old: number, next: number): number[] {
  return [...new Set(ids.map((id) => (id === old ? next : id)))];
}
