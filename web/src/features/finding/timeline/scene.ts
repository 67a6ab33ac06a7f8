import { type Axis, instantAt, minuteOf } from "./geometry/axis";
import { type Block, isInTheWay, NO_BLOCKS, NO_RULES, type Rules } from "./geometry/blocks";
import type { Dragged, Grip } from "./geometry/drag";
import { type Layout, placeAt } from "./geometry/layout";

/** What a row stands for. */
export interface Row {
  id: number;
  name: string;
  site_path: string[];
  capacity: number | null;
  timezone: string;
}

/** All that a timeline shows, and what hands do something to. */
export interface Scene {
  axis: Axis;
  layout: Layout;
  rows: readonly Row[];
  blocks: ReadonlyMap<number, readonly Block[]>;
  rules: ReadonlyMap<number, Rules>;
  /** Says a stretch (ms) in words, for the label of what is dragged. */
  words: (from: number, until: number) => string;
}

/** What hands can do to a timeline; what is dropped is told with the row on which it lies. */
export interface Deeds {
  create: (row: Row, from: number, until: number) => void;
  change: (block: Block, row: Row, from: number, until: number) => void;
  open: (reservationId: number) => void;
}

const HANDLE_PX = 9;
/** A finger is wider than an arrow; the middle third of a block is for moving it, however short it is. */
const HANDLE_TOUCH_PX = 20;
/** A block that is narrower has no handles, nor room for a word. */
export const HANDLED_PX_MIN = 30;
export const LENGTH_DEFAULT = 60;

/** Answer the blocks of a row. */
export function blocksAt(scene: Scene, row: number): readonly Block[] {
  return scene.blocks.get(scene.rows[row]?.id ?? 0) ?? NO_BLOCKS;
}

/** Answer the block that lies at a minute of a row, if there is one. */
export function blockAt(scene: Scene, row: number, minute: number): Block | null {
  const instant = instantAt(scene.axis, minute);
  return blocksAt(scene, row).find((one) => one.start <= instant && one.end > instant) ?? null;
}

/** Answer the grid of minutes of a row. */
export function stepAt(scene: Scene, row: number): number {
  return (scene.rules.get(scene.rows[row]?.id ?? 0) ?? NO_RULES).step;
}

/** Answer what a pointer takes hold of at a point of the window: free time, a block of one's own, or one of its ends. */
export function gripAt(scroller: HTMLElement, scene: Scene, x: number, y: number, isTouch: boolean): Grip | null {
  const box = scroller.getBoundingClientRect();
  if (x - box.left < scene.layout.side || y - box.top < scene.layout.head) return null;
  const { row, minute } = placeAt(scroller, x, y, scene.layout, scene.axis);
  if (!scene.rows[row]) return null;
  const step = stepAt(scene, row);
  const block = blockAt(scene, row, minute);
  if (!block) return { deed: "create", row, grabbed: minute, block: null, step };
  if (!block.grip) return null;
  const [start, end] = [minuteOf(scene.axis, block.start), minuteOf(scene.axis, block.end)];
  const reach = Math.min((isTouch ? HANDLE_TOUCH_PX : HANDLE_PX) / scene.layout.minute, (end - start) / 3);
  const hasHandles = (end - start) * scene.layout.minute >= HANDLED_PX_MIN;
  const deed = !hasHandles ? "move" : minute - start < reach ? "start" : end - minute < reach ? "end" : "move";
  return { deed, row, grabbed: minute, block, step };
}

/** Tell whether something, or the resource being closed, stands in the way of what is dragged. */
export function isRefusable(scene: Scene, grip: Pick<Grip, "block">, at: Dragged): boolean {
  const closed = (scene.rules.get(scene.rows[at.row]?.id ?? 0) ?? NO_RULES).closed;
  return (
    isInTheWay(blocksAt(scene, at.row), at.from, at.until, grip.block?.reservationId ?? null) ||
    closed.some(([start, end]) => start < at.until && end > at.from)
  );
}

/** Draw what is dragged, past React: it follows the pointer at every frame. */
export function drawGhost(ghost: HTMLElement, scene: Scene, grip: Grip, at: Dragged | null): void {
  ghost.hidden = at === null;
  if (!at) return;
  const { side, head, row, minute } = scene.layout;
  ghost.style.transform = `translate(${side + at.start * minute}px, ${head + at.row * row}px)`;
  ghost.style.width = `${Math.max(2, (at.end - at.start) * minute)}px`;
  ghost.dataset.conflict = String(isRefusable(scene, grip, at));
  ghost.textContent = scene.words(at.from, at.until);
}

/** Do what a drag that was dropped stands for; one that changes nothing does nothing. */
export function drop(scene: Scene, deeds: Deeds, grip: Grip, at: Dragged): void {
  const row = scene.rows[at.row];
  if (!row) return;
  if (!grip.block) return deeds.create(row, at.from, at.until);
  const isSame = grip.block.from === at.from && grip.block.until === at.until && grip.block.resourceId === row.id;
  if (!isSame) deeds.change(grip.block, row, at.from, at.until);
}
