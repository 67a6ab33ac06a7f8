import type { KeyboardEvent } from "react";
import { type Direction, neighbour } from "@/ui/seats/geometry/neighbours";
import { pointAt } from "@/ui/seats/geometry/places";
import type { Stage } from "@/ui/seats/stage/stage";
import { moved, removed } from "../changes";
import { type Grain, grown, toggled } from "../choosing";
import { NONE } from "../history";
import type { Editor } from "../useEditor";

interface Drawing {
  editor: Editor;
  grain: Grain;
  focus: number | null;
  go: (place: number) => void;
  stage: Stage | null;
}

const ARROWS: Record<string, Direction> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
const STEPS: Record<Direction, readonly [number, number]> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };
/** Alt and an arrow move what is chosen so many centimetres. */
const NUDGE = 10;
const ZOOM = 1.5;

/** Answer what keys do in the editor. */
export function useDrawingKeys(drawing: Drawing): (event: KeyboardEvent) => void {
  return (event) => {
    const way = ARROWS[event.key];
    const deed = way ? arrowDeed(drawing, way, event) : keyDeed(drawing, event);
    if (!deed) return;
    event.preventDefault();
    event.stopPropagation();
    deed();
  };
}

function arrowDeed({ editor, grain, focus, go }: Drawing, way: Direction, event: KeyboardEvent): (() => void) | undefined {
  const { map, places, chosen, change, choose } = editor;
  if (places.count === 0) return undefined;
  if (event.altKey) return () => chosen.size > 0 && change(moved(map, chosen, STEPS[way][0] * NUDGE, STEPS[way][1] * NUDGE));
  const next = focus === null ? 0 : (neighbour(places, focus, way) ?? focus);
  return () => {
    go(next);
    if (event.shiftKey) choose(new Set([...chosen, ...grown(places, focus === null ? [next] : [focus, next], grain)]));
  };
}

function keyDeed({ editor, grain, focus: here, stage }: Drawing, event: KeyboardEvent): (() => void) | undefined {
  const { map, places, chosen, change, choose, undo, redo } = editor;
  const focus = here === null ? undefined : pointAt(places, here);
  if (event.ctrlKey || event.metaKey) {
    const withControl: Record<string, (() => void) | undefined> = {
      a: () => choose(new Set(places.seats.keys())),
      z: event.shiftKey ? redo : undo,
      y: redo,
    };
    return withControl[event.key.toLowerCase()];
  }
  const pick = () => here !== null && choose(toggled(chosen, grown(places, [here], grain)));
  const remove = () => chosen.size > 0 && change(removed(map, chosen), NONE);
  const deeds: Record<string, (() => void) | undefined> = {
    " ": pick,
    Enter: pick,
    Delete: remove,
    Backspace: remove,
    Escape: chosen.size > 0 ? () => choose(NONE) : undefined,
    "+": () => stage?.zoom(ZOOM, focus),
    "-": () => stage?.zoom(1 / ZOOM, focus),
    "0": () => stage?.fit(),
  };
  return deeds[event.key];
}
