import { type Axis, minuteOf } from "./geometry/axis";
import { dragged, type Dragged, type Grip, settled } from "./geometry/drag";
import { blockAt, type Deeds, drop, LENGTH_DEFAULT, type Scene, stepAt } from "./scene";

/** Where the keyboard is on a timeline. `carried` is what it moves, resizes or marks out, until it is let go. */
export interface Cursor {
  row: number;
  minute: number;
  carried: { grip: Grip; minutes: number; rows: number; at: Dragged } | null;
}

/** A key with what is held beside it. */
export interface Key {
  key: string;
  alt: boolean;
  shift: boolean;
}

const ARROWS: Record<string, readonly [rows: number, steps: number]> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};
const STRIDE_DEFAULT = 30;

/** Answer where a key leads to, or none if the key is not for the timeline. What it does is told to the deeds. */
export function pressed(scene: Scene, deeds: Deeds, cursor: Cursor, { key, alt, shift }: Key): Cursor | null {
  const arrow = ARROWS[key];
  if (arrow && alt) return carry(scene, cursor, "move", arrow);
  if (arrow && shift && arrow[1] !== 0) return carry(scene, cursor, "end", arrow);
  if (arrow && !shift) return stepped(scene, cursor, arrow[0], arrow[1] * Math.max(stepAt(scene, cursor.row), STRIDE_DEFAULT));
  if (key === "PageUp" || key === "PageDown") return stepped(scene, cursor, key === "PageUp" ? -10 : 10, 0);
  if (key === "Home" || key === "End") {
    const day = Math.floor(cursor.minute / 1440) * 1440;
    return { ...cursor, minute: key === "Home" ? day : day + 23 * 60, carried: null };
  }
  if (key === "Escape" && cursor.carried) return { ...cursor, carried: null };
  if (key === "Enter") return entered(scene, deeds, cursor);
  return null;
}

/** Let go what is moved or resized; what was only marked out stays marked. */
export function letGo(scene: Scene, deeds: Deeds, cursor: Cursor): Cursor {
  const { carried } = cursor;
  if (!carried?.grip.block) return cursor;
  drop(scene, deeds, carried.grip, carried.at);
  return { row: carried.at.row, minute: start(scene.axis, carried.at), carried: null };
}

function entered(scene: Scene, deeds: Deeds, cursor: Cursor): Cursor {
  const { carried, row, minute } = cursor;
  if (carried?.grip.block) return letGo(scene, deeds, cursor);
  const block = blockAt(scene, row, minute);
  if (block) {
    if (block.reservationId) deeds.open(block.reservationId);
    return cursor;
  }
  const at = carried?.at ?? settled(scene.axis, row, minute, minute + LENGTH_DEFAULT);
  const there = scene.rows[row];
  if (there) deeds.create(there, at.from, at.until);
  return { ...cursor, carried: null };
}

function stepped(scene: Scene, cursor: Cursor, rows: number, minutes: number): Cursor {
  const row = Math.min(scene.rows.length - 1, Math.max(0, cursor.row + rows));
  const minute = Math.min(scene.axis.minutes - STRIDE_DEFAULT, Math.max(0, cursor.minute + minutes));
  return { row, minute, carried: null };
}

function carry(scene: Scene, cursor: Cursor, deed: "move" | "end", [rows, steps]: readonly [number, number]): Cursor | null {
  const old = cursor.carried?.grip.deed === deed ? cursor.carried : null;
  const block = old ? old.grip.block : blockAt(scene, cursor.row, cursor.minute);
  const step = stepAt(scene, cursor.row);
  if (!block && deed === "end") return marked(scene, cursor, step * steps);
  if (!block?.grip) return cursor;
  const grip: Grip = old?.grip ?? { deed, row: cursor.row, grabbed: cursor.minute, block, step };
  const rowsAway = Math.min(scene.rows.length - 1 - grip.row, Math.max(-grip.row, (old?.rows ?? 0) + rows));
  const minutes = (old?.minutes ?? 0) + steps * step;
  const at = dragged(scene.axis, grip, grip.row + rowsAway, grip.grabbed + minutes);
  return { ...cursor, carried: { grip, minutes, rows: rowsAway, at } };
}

function marked(scene: Scene, cursor: Cursor, more: number): Cursor {
  const { row, minute, carried } = cursor;
  const step = stepAt(scene, row);
  const length = Math.max(step, (carried ? carried.at.end - carried.at.start : LENGTH_DEFAULT) + more);
  const grip: Grip = { deed: "create", row, grabbed: minute, block: null, step };
  return { ...cursor, carried: { grip, minutes: 0, rows: 0, at: settled(scene.axis, row, minute, minute + length) } };
}

function start(axis: Axis, at: Dragged): number {
  return minuteOf(axis, at.from);
}
