import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { idempotent } from "@/lib/api/client";
import { asProblem } from "@/lib/api/problem";
import { WishKeys } from "@/lib/api/wishKey";
import { tellDone } from "@/ui/notice/toast";
import { useCreateReservation } from "./api/createReservation";
import type { Reserved, Wish } from "./wish";

/** How long an answer may wait for what confirms a reservation. */
const WAIT_SECONDS = 5;
const LONG_MS = 900;

/** A wish that was refused: to be reserved, or to be kept for a while. */
export interface Refused {
  error: unknown;
  wish: Wish;
  isKeeping?: boolean;
}

interface Told {
  /** For whom it is, or null for whoever is signed in. */
  ownerId: number | null;
  onReserved?: (one: Reserved) => void;
  /** Is told what was refused, and null when that is asked for anew. */
  onRefused: (refused: Refused | null) => void;
  /** Is told that what was kept is not kept any more. */
  onLapsed: () => void;
}

/** Answer how a wish becomes a reservation; what is ready closes the form, what waits for something is `made`. */
export function useMaking({ ownerId, onReserved, onRefused, onLapsed }: Told) {
  const { t } = useLingui();
  const creating = useCreateReservation();
  const [made, setMade] = useState<Reserved | null>(null);
  const [isLong, setLong] = useState(false);
  const [keys] = useState(() => new WishKeys());
  const send = async (wish: Wish, onReady: () => void) => {
    onRefused(null);
    const body = { ...(wish.kept ? { hold_id: wish.kept.id } : slotOf(wish, ownerId)), title: wish.title?.trim() ?? "" };
    const long = setTimeout(() => setLong(true), LONG_MS);
    try {
      const reserved = await keys.send(JSON.stringify(body), (key) =>
        creating.mutateAsync({ params: { header: { ...idempotent(key), prefer: `wait=${WAIT_SECONDS}` } }, body }),
      );
      onReserved?.(reserved);
      if (reserved.state === "pending" || reserved.state === "held") return setMade(reserved);
      tellDone(t`Reserved.`);
      onReady();
    } catch (error) {
      if (asProblem(error).kind === "hold-over") onLapsed();
      else onRefused({ error, wish });
    } finally {
      clearTimeout(long);
      setLong(false);
    }
  };
  return { send, made, isLong, isPending: creating.isPending };
}

function slotOf(wish: Wish, owner_id: number | null) {
  return { resource_ids: wish.resources.map((one) => one.id), start: wish.start.toISOString(), end: wish.end.toISOString(), owner_id };
}
