import { type RefObject, useEffect, useState } from "react";
import type { Layout } from "./geometry/layout";

/** Rows come and go in bundles, so that many frames of a scroll draw none, and none draws many. */
const BUNDLE = 2;
const BEYOND = 6;
const ROWS_AT_FIRST = 30;

/** Answer which rows are to be drawn: those in sight, and some before and behind. */
export function useVisibleRows(scroller: RefObject<HTMLElement | null>, count: number, layout: Layout): readonly [first: number, end: number] {
  const [range, setRange] = useState<readonly [number, number]>([0, ROWS_AT_FIRST]);
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const look = () => {
      const first = Math.floor(box.scrollTop / layout.row / BUNDLE) * BUNDLE - BEYOND;
      const end = Math.ceil((box.scrollTop + box.clientHeight) / layout.row / BUNDLE) * BUNDLE + BEYOND;
      setRange((old) => (old[0] === first && old[1] === end ? old : [first, end]));
    };
    const resized = new ResizeObserver(look);
    resized.observe(box);
    box.addEventListener("scroll", look, { passive: true });
    return () => {
      resized.disconnect();
      box.removeEventListener("scroll", look);
    };
  }, [scroller, layout.row]);
  return [Math.max(0, range[0]), Math.min(count, range[1])];
}
