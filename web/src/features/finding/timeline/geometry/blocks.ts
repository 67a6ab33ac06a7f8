import type { components } from "@generated/schema";

type Busy = components["schemas"]["BusyShown"];
type Hours = components["schemas"]["HoursShown"];

/** Whose time it is, or why it cannot be had. */
export type Kind = "taken" | "own" | "pending" | "blackout";

/**
 * Time on a row that is not free. `start` and `end` are what is occupied, `from` and `until` what was reserved of it
 * (all in ms). `grip` is what is needed to move it, and there for one's own only.
 */
export interface Block {
  key: string;
  resourceId: number;
  start: number;
  end: number;
  from: number;
  until: number;
  kind: Kind;
  title: string;
  owner: string;
  reservationId: number | null;
  grip: { version: number } | null;
  /** It is shown before Berth has answered. */
  hasty: boolean;
}

/** When a resource is closed (ms), and the grid of minutes on which its reservations lie. */
export interface Rules {
  closed: readonly (readonly [number, number])[];
  step: number;
}

/** A change that was sent and not answered yet. */
export interface Change {
  reservationId: number;
  start: number;
  end: number;
  resourceIds: readonly number[] | null;
}

/** A wish that was sent and not answered yet. */
export interface Creation {
  resourceIds: readonly number[];
  start: number;
  end: number;
  title: string;
}

const GRIPPED = new Set(["held", "pending", "ready", "in_use"]);
const STEP_DEFAULT = 15;

/** Answer what a schedule tells as blocks, for whoever reads it. */
export function blocksOf(items: readonly Busy[], me: number | undefined): Block[] {
  return items.map((one) => {
    const [start, end] = [Date.parse(one.start), Date.parse(one.end)];
    const [from, until] = one.reserved ? [Date.parse(one.reserved.start), Date.parse(one.reserved.end)] : [start, end];
    const isMine = me !== undefined && one.owner?.id === me;
    const canMove = isMine && one.version != null && GRIPPED.has(one.state ?? "");
    return {
      key: `${one.resource_id} ${start}`,
      resourceId: one.resource_id,
      start,
      end,
      from,
      until,
      kind: one.kind === "blackout" ? "blackout" : !isMine ? "taken" : one.state === "pending" || one.state === "held" ? "pending" : "own",
      title: (one.kind === "blackout" ? one.reason : one.title) ?? "",
      owner: isMine ? "" : (one.owner?.name ?? ""),
      reservationId: one.reservation_id ?? null,
      grip: canMove ? { version: one.version! } : null,
      hasty: false,
    };
  });
}

/** Answer the blocks as they will be if everything that was sent is granted. */
export function withHopes(blocks: readonly Block[], changes: readonly Change[], creations: readonly Creation[]): Block[] {
  let answer = [...blocks];
  for (const change of changes) {
    const old = answer.filter((one) => one.reservationId === change.reservationId);
    if (old.length === 0) continue;
    const rows = change.resourceIds ?? [...new Set(old.map((one) => one.resourceId))];
    const moved = rows.map((resourceId) => ({
      ...(old.find((one) => one.resourceId === resourceId) ?? old[0]!),
      ...hoped(resourceId, change.start, change.end),
    }));
    answer = [...answer.filter((one) => one.reservationId !== change.reservationId), ...moved];
  }
  for (const wish of creations)
    for (const resourceId of wish.resourceIds) {
      const isThere = answer.some((one) => one.resourceId === resourceId && one.start < wish.end && one.end > wish.start);
      if (!isThere)
        answer.push({ ...hoped(resourceId, wish.start, wish.end), kind: "own", title: wish.title, owner: "", reservationId: null });
    }
  return answer;
}

function hoped(resourceId: number, start: number, end: number) {
  return { key: `${resourceId} ${start} hoped`, resourceId, start, end, from: start, until: end, grip: null, hasty: true };
}

/** Answer blocks by the rows to which they belong. */
export function byResource(blocks: readonly Block[]): ReadonlyMap<number, Block[]> {
  const rows = new Map<number, Block[]>();
  for (const one of blocks) {
    const row = rows.get(one.resourceId);
    if (row) row.push(one);
    else rows.set(one.resourceId, [one]);
  }
  return rows;
}

/** Answer the rules of each resource that a schedule told of. */
export function rulesOf(hours: readonly Hours[]): ReadonlyMap<number, Rules> {
  const answer = new Map<number, Rules>();
  for (const one of hours) {
    const closed = one.closed.map((each) => [Date.parse(each.start), Date.parse(each.end)] as const);
    const rules = { closed, step: one.granularity_minutes ?? STEP_DEFAULT };
    one.resource_ids.forEach((id) => answer.set(id, rules));
  }
  return answer;
}

export const NO_RULES: Rules = { closed: [], step: STEP_DEFAULT };
export const NO_BLOCKS: readonly Block[] = [];

/** Tell whether something else than this reservation stands between two instants. */
export function isInTheWay(blocks: readonly Block[], start: number, end: number, reservationId: number | null): boolean {
  return blocks.some((one) => one.start < end && one.end > start && (reservationId === null || one.reservationId !== reservationId));
}
