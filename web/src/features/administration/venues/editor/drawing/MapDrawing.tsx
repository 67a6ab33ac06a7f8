import { useLingui } from "@lingui/react/macro";
import { useComputedColorScheme, VisuallyHidden } from "@mantine/core";
import { useEffect, useId, useMemo, useRef, useState } from "react";
import { Grid } from "@/ui/seats/geometry/grid";
import { pointAt } from "@/ui/seats/geometry/places";
import { useSeatWords } from "@/ui/seats/seatWords";
import { StageButtons } from "@/ui/seats/StageButtons";
import { drawHall, drawRing, drawSeats, type Hall } from "@/ui/seats/stage/hall";
import { freeCodes, Sprites } from "@/ui/seats/stage/sprites";
import { useStage } from "@/ui/seats/stage/useStage";
import type { Grain } from "../choosing";
import type { Editor } from "../useEditor";
import { drawMarks, type Marks } from "./marks";
import { useDrawingKeys } from "./drawingKeys";
import { type Tool, useDrawingGestures } from "./drawingGestures";
import "@/ui/seats/seats.css";

interface Props {
  editor: Editor;
  grain: Grain;
  tool: Tool;
}

/** The map that is edited, drawn: seats are chosen and moved by mouse, finger and keyboard. */
export function MapDrawing({ editor, grain, tool }: Props) {
  const { t } = useLingui();
  const { map, places, chosen } = editor;
  const holder = useRef<HTMLDivElement>(null);
  const id = useId();
  const hall = useHall(editor);
  const words = useSeatWords(map, places);
  const [focused, setFocus] = useState<number | null>(null);
  const focus = focused !== null && focused < places.count ? focused : null;
  const marks = useRef<Marks>({ box: null, shift: null, corners: null });
  const gestures = useDrawingGestures({ editor, grain, tool, hall, marks: marks.current, setFocus, stage: () => stage });
  const stage = useStage(
    holder,
    places.whole,
    {
      below: (pen, view, size) => drawHall(pen, hall, view, size),
      above: (pen, view, size) => {
        drawMarks(pen, hall, view, size, chosen, marks.current);
        if (focus !== null && document.activeElement === holder.current) drawRing(pen, hall, view, focus);
      },
      some: (pen, view, some) => drawSeats(pen, hall, view, some, true),
    },
    gestures,
  );
  useEffect(() => stage?.renew(), [stage, hall]);
  useEffect(() => stage?.renewAbove(), [stage, chosen, focus]);
  const go = (next: number) => {
    setFocus(next);
    stage?.show(pointAt(places, next));
  };
  const keys = useDrawingKeys({ editor, grain, focus, go, stage });
  return (
    <div className="seat-frame">
      <div
        ref={holder}
        className="seat-stage"
        style={{ cursor: tool === "pan" ? "grab" : "crosshair" }}
        role="listbox"
        aria-multiselectable
        aria-label={t`Seats of the map`}
        aria-activedescendant={focus === null ? undefined : `${id}-${focus}`}
        tabIndex={0}
        onKeyDown={keys}
        onFocus={() => setFocus(focus ?? (places.count > 0 ? 0 : null))}
        onBlur={() => stage?.renewAbove()}
      >
        <canvas aria-hidden />
        <canvas aria-hidden />
        <VisuallyHidden>
          <div key={focus} id={`${id}-${focus}`} role="option" aria-selected={focus !== null && chosen.has(focus)}>
            {focus === null ? t`No seats` : words(focus)}
          </div>
        </VisuallyHidden>
      </div>
      <StageButtons stage={stage} />
    </div>
  );
}

function useHall({ map, places }: Editor): Hall {
  const { t } = useLingui();
  const stageWord = t`Stage`;
  const scheme = useComputedColorScheme("light");
  const [sprites] = useState(() => new Sprites());
  return useMemo(() => {
    const codes = freeCodes(map, places);
    return { map, places, grid: new Grid(places), sprites, scheme, stageWord, code: (place) => codes[place]! };
  }, [map, places, sprites, scheme, stageWord]);
}
