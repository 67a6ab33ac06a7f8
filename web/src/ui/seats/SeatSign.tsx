import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import { drawSeat, type Look } from "./stage/sprites";

const SIDE = 22;

/** A seat as it is drawn in the hall, for legends; the words beside it say what it means. */
export function SeatSign({ category = 0, state = "free", accessible = false, companion = false }: Partial<Look>) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme("light");
  useEffect(() => {
    const pen = canvas.current?.getContext("2d");
    if (!pen) return;
    pen.setTransform(2, 0, 0, 2, 0, 0);
    pen.clearRect(0, 0, SIDE, SIDE);
    drawSeat(pen, { category, state, accessible, companion }, SIDE, scheme);
  }, [category, state, accessible, companion, scheme]);
  return <canvas ref={canvas} width={SIDE * 2} height={SIDE * 2} style={{ width: SIDE, height: SIDE, flexShrink: 0 }} aria-hidden />;
}
