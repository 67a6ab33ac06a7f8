import { useLingui } from "@lingui/react/macro";
import { useComputedColorScheme, VisuallyHidden } from "@mantine/core";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { Grid } from "./geometry/grid";
import { type Direction, neighbour } from "./geometry/neighbours";
import { type Places, pointAt, rowAt, type SeatMap } from "./geometry/places";
import { type Point, toHall } from "./geometry/view";
import { StageButtons } from "./StageButtons";
import { drawHall, drawRing, drawSeats, type Hall, sideOf } from "./stage/hall";
import { freeCodes, inState, Sprites } from "./stage/sprites";
import type { Painter, Stage } from "./stage/stage";
import { useStage } from "./stage/useStage";
import { changedPlaces, differing, type SeatState } from "./states";

export interface ShownSeats {
  map: SeatMap;
  places: Places;
  stateOf: (place: number) => SeatState;
  words: (place: number, state?: SeatState) => string;
  pick: (place: number) => void;
}

interface Props extends ShownSeats {
  states: string;
  mine: ReadonlySet<number>;
  picked: ReadonlySet<number>;
}

export const ARROWS: Record<string, Direction> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
const STEP = 1.5;
/** A seat is hit within so many pixels of its middle. */
const REACH = 14;

/** The hall, drawn; the arrows go from seat to seat. */
export function SeatsDrawn({ map, places, states, mine, picked, stateOf, words, pick }: Props) {
  const { t } = useLingui();
  const holder = useRef<HTMLDivElement>(null);
  const id = useId();
  const [focus, setFocus] = useState<number | null>(null);
  const [isFocused, setFocused] = useState(false);
  const hall = useHall(map, places, stateOf);
  const painter: Painter = {
    below: (pen, view, size) => drawHall(pen, hall, view, size),
    above: (pen, view) => focus !== null && isFocused && drawRing(pen, hall, view, focus),
    some: (pen, view, some) => drawSeats(pen, hall, view, some, true),
  };
  const tap = (at: Point) => {
    const hit = stage && hitAt(stage, hall, at);
    if (hit === null) return;
    setFocus(hit);
    pick(hit);
  };
  const stage = useStage(holder, places.whole, painter, { tap });
  useRedraw(stage, { hall, states, mine, picked });
  useEffect(() => stage?.renewAbove(), [stage, focus, isFocused]);
  const go = (next: number) => {
    setFocus(next);
    stage?.show(pointAt(places, next));
  };
  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || places.count === 0) return;
    const here = focus ?? 0;
    const deeds: Record<string, () => void> = {
      Enter: () => pick(here),
      " ": () => pick(here),
      "+": () => stage?.zoom(STEP, pointAt(places, here)),
      "-": () => stage?.zoom(1 / STEP, pointAt(places, here)),
      "0": () => stage?.fit(),
      Home: () => go(rowAt(places, here).first),
      End: () => go(rowAt(places, here).first + rowAt(places, here).count - 1),
    };
    const way = ARROWS[event.key];
    const deed = way ? () => go(focus === null ? 0 : (neighbour(places, here, way) ?? here)) : deeds[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  };
  const state = focus === null ? null : stateOf(focus);
  return (
    <div className="seat-frame">
      <div
        ref={holder}
        className="seat-stage"
        role="listbox"
        aria-multiselectable
        aria-label={t`Seats`}
        aria-activedescendant={focus === null ? undefined : `${id}-${focus}`}
        tabIndex={0}
        onKeyDown={keys}
        onFocus={() => {
          setFocused(true);
          setFocus((known) => known ?? (places.count > 0 ? 0 : null));
        }}
        onBlur={() => setFocused(false)}
      >
        <canvas aria-hidden />
        <canvas aria-hidden />
        <VisuallyHidden>
          <div
            key={focus}
            id={`${id}-${focus}`}
            role="option"
            aria-selected={state === "picked" || state === "mine"}
            aria-setsize={places.count}
            aria-posinset={(focus ?? 0) + 1}
          >
            {focus === null ? t`Seats` : words(focus, state!)}
          </div>
        </VisuallyHidden>
      </div>
      <StageButtons stage={stage} />
    </div>
  );
}

function useHall(map: SeatMap, places: Places, stateOf: (place: number) => SeatState): Hall {
  const { t } = useLingui();
  const scheme = useComputedColorScheme("light");
  const sprites = useRef<Sprites>(null);
  sprites.current ??= new Sprites();
  const lasting = useMemo(() => {
    return { grid: new Grid(places), codes: freeCodes(map, places) };
  }, [map, places]);
  return {
    map,
    places,
    grid: lasting.grid,
    sprites: sprites.current,
    scheme,
    stageWord: t`Stage`,
    code: (place) => inState(lasting.codes[place]!, stateOf(place)),
  };
}

/** Has drawn anew what has changed, and nothing else. */
function useRedraw(stage: Stage | null, now: { hall: Hall; states: string; mine: ReadonlySet<number>; picked: ReadonlySet<number> }) {
  const drawn = useRef<typeof now | null>(null);
  useEffect(() => {
    const before = drawn.current;
    drawn.current = now;
    if (!stage) return;
    if (!before || before.hall.map !== now.hall.map || before.hall.scheme !== now.hall.scheme) stage.renew();
    else if (before.states !== now.states || before.mine !== now.mine || before.picked !== now.picked)
      stage.renewSome([
        ...changedPlaces(before.states, now.states),
        ...differing(before.mine, now.mine),
        ...differing(before.picked, now.picked),
      ]);
  });
}

function hitAt(stage: Stage, hall: Hall, at: Point): number | null {
  const { x, y } = toHall(stage.view, at);
  return hall.grid.nearest(x, y, Math.max(REACH, sideOf(hall, stage.view) / 2 + 2) / stage.view.scale);
}
