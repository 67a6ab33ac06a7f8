import { useLingui } from "@lingui/react/macro";
import { VisuallyHidden } from "@mantine/core";
import { useEffect, useLayoutEffect, useRef } from "react";
import { minuteOf } from "./geometry/axis";
import { NO_BLOCKS, NO_RULES } from "./geometry/blocks";
import { attachGestures } from "./gestures";
import { type Deeds, isRefusable, LENGTH_DEFAULT, type Scene } from "./scene";
import { TimelineHead } from "./TimelineHead";
import { TimelineRow } from "./TimelineRow";
import { useCursor } from "./useCursor";
import { useVisibleRows } from "./useVisibleRows";
import "./timeline.css";
import "./blocks.css";

const MORNING_MINUTE = 7.5 * 60;

interface Props {
  scene: Scene;
  deeds: Deeds;
  /** The present (ms). */
  now: number;
  /** What has happened, to be said to those who do not see it. */
  news: string;
  isStale: boolean;
}

/** Resources as rows, time as columns: drag over free time to reserve it, drag what is yours to move or resize it. */
export function Timeline({ scene, deeds, now, news, isStale }: Props) {
  const { t } = useLingui();
  const scroller = useRef<HTMLDivElement>(null);
  const ghost = useRef<HTMLDivElement>(null);
  const { axis, layout, rows } = scene;
  const [first, end] = useVisibleRows(scroller, rows.length, layout);
  const { cursor, isShown, said, listeners } = useCursor(scroller, scene, deeds);
  useGestures(scroller, ghost, scene, deeds);
  useFirstSight(scroller, scene, now);
  const isNowInSight = now > axis.starts[0]! && now < axis.starts[axis.days]!;
  return (
    <>
      <div
        ref={scroller}
        className="timeline"
        role="grid"
        tabIndex={0}
        aria-label={t`Timeline of resources. Arrows go through it, Enter reserves.`}
        aria-rowcount={rows.length + 1}
        aria-activedescendant={`timeline-row-${cursor.row}`}
        aria-busy={isStale}
        data-span={axis.days === 1 ? "day" : "week"}
        {...listeners}
      >
        <div role="presentation" className="timeline-canvas" style={{ width: layout.side + axis.minutes * layout.minute, height: layout.head + rows.length * layout.row }}>
          <TimelineHead axis={axis} layout={layout} />
          <div role="rowgroup" className="timeline-body" style={{ height: rows.length * layout.row }}>
            {rows.slice(first, end).map((row, index) => (
              <TimelineRow
                key={row.id}
                index={first + index}
                row={row}
                blocks={scene.blocks.get(row.id) ?? NO_BLOCKS}
                rules={scene.rules.get(row.id) ?? NO_RULES}
                axis={axis}
                layout={layout}
                words={scene.words}
              />
            ))}
          </div>
          {isNowInSight && <div aria-hidden className="timeline-now" style={{ left: layout.side + minuteOf(axis, now) * layout.minute, top: layout.head }} />}
          {isShown && <Marker scene={scene} cursor={cursor} />}
          <div aria-hidden ref={ghost} className="timeline-ghost" hidden style={{ height: layout.row }} />
        </div>
      </div>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      <VisuallyHidden role="status">{news}</VisuallyHidden>
    </>
  );
}

/** Where the keyboard is, or what it carries. */
function Marker({ scene, cursor }: { scene: Scene; cursor: ReturnType<typeof useCursor>["cursor"] }) {
  const { layout, words } = scene;
  const { carried } = cursor;
  const [row, start] = carried ? [carried.at.row, carried.at.start] : [cursor.row, cursor.minute];
  const length = carried ? carried.at.end - carried.at.start : LENGTH_DEFAULT;
  const place = { left: layout.side + start * layout.minute, top: layout.head + row * layout.row, width: length * layout.minute, height: layout.row };
  return (
    <div aria-hidden className={carried ? "timeline-ghost" : "timeline-cursor"} data-conflict={carried ? isRefusable(scene, carried.grip, carried.at) : undefined} style={place}>
      {carried && words(carried.at.from, carried.at.until)}
    </div>
  );
}

function useGestures(scroller: React.RefObject<HTMLElement | null>, ghost: React.RefObject<HTMLElement | null>, scene: Scene, deeds: Deeds): void {
  const latest = useRef({ scene, deeds });
  useEffect(() => {
    latest.current = { scene, deeds };
  });
  useEffect(() => {
    if (!scroller.current || !ghost.current) return;
    return attachGestures(scroller.current, ghost.current, () => latest.current);
  }, [scroller, ghost]);
}

/** Begin where it matters: shortly before the present, else in the morning; a week at its present day. */
function useFirstSight(scroller: React.RefObject<HTMLElement | null>, { axis, layout }: Scene, now: number): void {
  const begun = useRef("");
  useLayoutEffect(() => {
    const shown = `${axis.starts[0]} ${axis.days} ${layout.minute}`;
    if (!scroller.current || begun.current === shown) return;
    begun.current = shown;
    const isNow = now > axis.starts[0]! && now < axis.starts[axis.days]!;
    const present = isNow ? minuteOf(axis, now) : MORNING_MINUTE;
    const minute = axis.days > 1 ? Math.floor(present / 1440) * 1440 + MORNING_MINUTE - 60 : Math.min(present - 60, 18 * 60);
    scroller.current.scrollLeft = Math.max(0, (isNow || axis.days === 1 ? minute : MORNING_MINUTE - 60) * layout.minute);
  }, [scroller, axis, layout, now]);
}
