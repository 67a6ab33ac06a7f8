import { useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, type RefObject, useState } from "react";
import { instantAt } from "./geometry/axis";
import { type Cursor, letGo, pressed } from "./keyboard";
import { blockAt, type Deeds, isRefusable, LENGTH_DEFAULT, type Scene } from "./scene";

const MORNING_MINUTE = 9 * 60;

/** Answer where the keyboard is, what it says, and what listens to it. */
export function useCursor(scroller: RefObject<HTMLElement | null>, scene: Scene, deeds: Deeds) {
  const [cursor, setCursor] = useState<Cursor>({ row: 0, minute: MORNING_MINUTE, carried: null });
  const [isShown, setShown] = useState(false);
  const [said, setSaid] = useState("");
  const say = useWords(scene);
  const go = (next: Cursor) => {
    setCursor(next);
    setShown(true);
    setSaid(say(next));
    if (scroller.current) bringIntoSight(scroller.current, scene, next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = pressed(scene, deeds, cursor, { key: event.key, alt: event.altKey, shift: event.shiftKey });
    if (!next) return;
    event.preventDefault();
    go(next);
  };
  const onKeyUp = (event: KeyboardEvent) => {
    if ((event.key === "Alt" || event.key === "Shift") && cursor.carried?.grip.block) {
      event.preventDefault();
      go(letGo(scene, deeds, cursor));
    }
  };
  const onFocus = () => setSaid(say(cursor));
  const onBlur = () => {
    setShown(false);
    setCursor((old) => ({ ...old, carried: null }));
  };
  return { cursor, isShown, said, setSaid, listeners: { onKeyDown, onKeyUp, onFocus, onBlur } };
}

function useWords(scene: Scene): (cursor: Cursor) => string {
  const { t } = useLingui();
  return ({ row, minute, carried }) => {
    const at = carried?.at;
    const name = scene.rows[at?.row ?? row]?.name ?? "";
    if (at) {
      const when = scene.words(at.from, at.until);
      return isRefusable(scene, carried.grip, at) ? t`${name}, ${when}: not free` : t`${name}, ${when}: free`;
    }
    const block = blockAt(scene, row, minute);
    const from = instantAt(scene.axis, minute);
    if (!block) {
      const when = scene.words(from, from + LENGTH_DEFAULT * 60_000);
      return t`${name}, ${when}. Press Enter to reserve.`;
    }
    const when = scene.words(block.from, block.until);
    const title = block.title;
    if (block.kind === "blackout") return t`${name}, ${when}: blackout. ${title}`;
    if (block.kind === "taken") return t`${name}, ${when}: taken. ${title}`;
    return t`${name}, ${when}: yours. ${title}. Alt and arrows move it, Shift and arrows change its end.`;
  };
}

function bringIntoSight(scroller: HTMLElement, { layout, axis }: Scene, { row, minute, carried }: Cursor): void {
  const top = (carried?.at.row ?? row) * layout.row;
  const left = (carried?.at.start ?? minute) * layout.minute;
  const width = Math.min(LENGTH_DEFAULT, axis.minutes) * layout.minute;
  const [inner, across] = [scroller.clientHeight - layout.head, scroller.clientWidth - layout.side];
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  if (top + layout.row > scroller.scrollTop + inner) scroller.scrollTop = top + layout.row - inner;
  if (left < scroller.scrollLeft) scroller.scrollLeft = left;
  if (left + width > scroller.scrollLeft + across) scroller.scrollLeft = left + width - across;
}
