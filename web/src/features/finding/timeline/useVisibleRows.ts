import { type RefObject, useEffect, useState } from "react";
import type { Layout } from "./geometry/layout";
import { nextRows, type Range } from "./geometry/rows";

const ROWS_AT_FIRST = 20;

/** Answer which rows are to be drawn: those in sight, and frame by frame some before and behind. */
export function useVisibleRows(scroller: RefObject<HTMLElement | null>, count: number, layout: Layout): Range {
  const [range, setRange] = useState<Range>([0, ROWS_AT_FIRST]);
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    let drawn: Range = [0, 0];
    let frame = 0;
    const look = () => {
      cancelAnimationFrame(frame);
      const sight: Range = [Math.floor(box.scrollTop / layout.row), Math.ceil((box.scrollTop + box.clientHeight) / layout.row)];
      const next = nextRows(drawn, sight);
      if (next[0] === drawn[0] && next[1] === drawn[1]) return;
      drawn = next;
      setRange(next);
      frame = requestAnimationFrame(look);
    };
    const resized = new ResizeObserver(look);
    resized.observe(box);
    box.addEventListener("scroll", look, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      resized.disconnect();
      box.removeEventListener("scroll", look);
    };
  }, [scroller, layout.row]);
  return [Math.max(0, range[0]), Math.min(count, range[1])];
}
