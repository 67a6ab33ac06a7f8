import { type RefObject, useEffect, useRef, useState } from "react";
import type { Box } from "../geometry/places";
import { follow, type Gestures } from "./gestures";
import { type Painter, Stage } from "./stage";

/**
 * Answer the stage of a box with two canvases: none until it is there. What draws and what is done with it may be
 * other functions each time; the latest are asked.
 */
export function useStage(holder: RefObject<HTMLElement | null>, box: Box, painter: Painter, gestures: Gestures): Stage | null {
  const [stage, setStage] = useState<Stage | null>(null);
  const latest = useRef({ painter, gestures, box });
  useEffect(() => {
    latest.current = { painter, gestures, box };
  });
  useEffect(() => {
    if (!holder.current) return;
    const made = new Stage(holder.current, latest.current.box, () => latest.current.painter);
    const stop = follow(holder.current, made, () => latest.current.gestures);
    setStage(made);
    return () => {
      stop();
      made.close();
    };
  }, [holder]);
  useEffect(() => stage?.resized(box), [stage, box]);
  return stage;
}
