import { type ReactNode, useMemo, useState } from "react";
import { ReserveDialog } from "./ReserveDialog";
import type { Reserved, Wish } from "./wish";

interface Reserve {
  /** Opens the dialogue with a wish, to be completed and sent. */
  open: (wish: Wish) => void;
  /** Belongs somewhere into the page. */
  dialog: ReactNode;
}

/** Answer how a page lets people reserve: `reserve.open({resources, start, end})`, with `{reserve.dialog}` in the page. */
export function useReserve(onReserved?: (reservation: Reserved) => void): Reserve {
  const [wish, setWish] = useState<Wish | null>(null);
  return useMemo(
    () => ({ open: setWish, dialog: <ReserveDialog wish={wish} onClose={() => setWish(null)} onReserved={onReserved} /> }),
    [wish, onReserved],
  );
}
