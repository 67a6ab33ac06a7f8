import type { components } from "@generated/schema";

/** What a display knows of its door; it is kept on the device, so that it can begin without a network. */
export interface Kept {
  resource: components["schemas"]["ResourceShape"];
  status: components["schemas"]["StatusShown"];
  plan: components["schemas"]["BusyPage"];
  /** When the plan was heard, in milliseconds since 1970. */
  heardAt: number;
}

const name = (resourceId: number) => `berth.door.${resourceId}`;

/** Keep what is known of a door, times alone: no title and no name stays on a device that hangs in a corridor. */
export function keep({ resource, status, plan, heardAt }: Kept): void {
  const items = plan.items.map(({ resource_id, start, end, kind }) => ({ resource_id, start, end, kind }));
  const kept: Kept = { resource, status: { ...status, current: null, next: null }, plan: { items, next_cursor: null }, heardAt };
  localStorage.setItem(name(resource.id), JSON.stringify(kept));
}

/** Answer what was kept of a door, if anything was. */
export function kept(resourceId: number): Kept | undefined {
  try {
    return (JSON.parse(localStorage.getItem(name(resourceId)) ?? "null") as Kept | null) ?? undefined;
  } catch {
    return undefined;
  }
}
