import type { Area, Box } from "@/ui/seats/geometry/places";
import { type Point, toHall } from "@/ui/seats/geometry/view";
import type { Gestures, Grab } from "@/ui/seats/stage/gestures";
import { type Hall, sideOf } from "@/ui/seats/stage/hall";
import type { Stage } from "@/ui/seats/stage/stage";
import { moved } from "../changes";
import { type Grain, grown, toggled } from "../choosing";
import { NONE } from "../history";
import type { Editor } from "../useEditor";
import { areaAt, shifted, withAreaMoved } from "./areas";
import type { Marks } from "./marks";

/** What dragging does: choose and move seats, or move the view. */
export type Tool = "choose" | "pan";

interface Drawing {
  editor: Editor;
  grain: Grain;
  tool: Tool;
  hall: Hall;
  marks: Marks;
  setFocus: (place: number) => void;
  stage: () => Stage | null;
}

const REACH = 12;
/** Seats and areas are moved by steps of so many centimetres. */
const STEP = 5;

/** Answer what mouse and fingers do in the editor. */
export function useDrawingGestures(drawing: Drawing): Gestures {
  const { editor, grain, tool, setFocus } = drawing;
  const tap = (at: Point, event: PointerEvent) => {
    const hit = hitAt(drawing, at);
    if (hit === null) return editor.choose(NONE);
    const some = grown(editor.places, [hit], grain);
    const isMore = event.shiftKey || event.ctrlKey || event.metaKey || event.pointerType === "touch";
    editor.choose(isMore ? toggled(editor.chosen, some) : some);
    setFocus(hit);
  };
  const grab = (at: Point, event: PointerEvent): Grab | null => {
    if (tool === "pan") return null;
    const hit = hitAt(drawing, at);
    if (hit !== null && editor.chosen.has(hit)) return movingSeats(drawing, at);
    const here = drawing.stage();
    const area = hit === null && here && !event.shiftKey ? areaAt(editor.map, toHall(here.view, at)) : null;
    return area ? movingArea(drawing, at, area) : boxing(drawing, at, event.shiftKey);
  };
  return { tap, grab };
}

function hitAt({ stage, hall }: Drawing, at: Point): number | null {
  const here = stage();
  if (!here) return null;
  const { x, y } = toHall(here.view, at);
  return hall.grid.nearest(x, y, Math.max(REACH, sideOf(hall, here.view) / 2) / here.view.scale);
}

function movingSeats(drawing: Drawing, from: Point): Grab {
  const { editor, marks } = drawing;
  return moving(drawing, from, {
    show: (by) => (marks.shift = by),
    done: ({ x, y }) => editor.change(moved(editor.map, editor.chosen, x, y)),
  });
}

function movingArea(drawing: Drawing, from: Point, area: Area): Grab {
  const { editor, marks } = drawing;
  return moving(drawing, from, {
    show: (by) => (marks.corners = by && shifted(area, by)),
    done: (by) => editor.change(withAreaMoved(editor.map, area, by)),
  });
}

/** Moves something: it is shown where it would be, at none once that is over. */
function moving({ stage }: Drawing, from: Point, thing: { show: (by: Point | null) => void; done: (by: Point) => void }): Grab {
  const here = stage()!;
  const shiftTo = (at: Point) => ({
    x: Math.round((at.x - from.x) / here.view.scale / STEP) * STEP,
    y: Math.round((at.y - from.y) / here.view.scale / STEP) * STEP,
  });
  const show = (by: Point | null) => {
    thing.show(by);
    here.renewAbove();
  };
  return {
    move: (at) => show(shiftTo(at)),
    drop: (at) => {
      const by = shiftTo(at);
      show(null);
      if (by.x !== 0 || by.y !== 0) thing.done(by);
    },
    cancel: () => show(null),
  };
}

function boxing({ editor, grain, hall, marks, stage }: Drawing, from: Point, isMore: boolean): Grab {
  const here = stage()!;
  const start = toHall(here.view, from);
  const boxTo = (at: Point): Box => {
    const { x, y } = toHall(here.view, at);
    return { left: Math.min(start.x, x), right: Math.max(start.x, x), top: Math.min(start.y, y), bottom: Math.max(start.y, y) };
  };
  const end = () => {
    marks.box = null;
    here.renewAbove();
  };
  return {
    move: (at) => {
      marks.box = boxTo(at);
      here.renewAbove();
    },
    drop: (at) => {
      const some = grown(editor.places, hall.grid.within(boxTo(at)), grain);
      end();
      editor.choose(isMore ? new Set([...editor.chosen, ...some]) : some);
    },
    cancel: end,
  };
}
