import { withChanges } from "@/ui/seats/states";

/** How full an area is. */
export interface AreaState {
  key: string;
  capacity: number;
  taken: number;
}

/** How all seats stand, and from which message that is known: none until the first came. */
export interface Hall {
  states: string;
  areas: readonly AreaState[];
  heard: { epoch: string | number; version: number } | null;
}

/** Answer for how many people there is room. */
export function freeOf({ states, areas }: Pick<Hall, "states" | "areas">): number {
  const room = areas.reduce((sum, { capacity, taken }) => sum + capacity - taken, 0);
  return states.split("f").length - 1 + room;
}

/** What is said over the socket of a performance. */
export type Message =
  | { type: "snapshot"; topic: string; epoch: string | number; version: number; states: string; areas: AreaState[] }
  | { type: "delta"; topic: string; epoch: string | number; version: number; seats: [number, string][]; areas: [string, number][] };

/** Answer the hall after a message; none if something was missed, so that all has to be told anew. */
export function told(hall: Hall, message: Message): Hall | null {
  const { epoch, version } = message;
  if (message.type === "snapshot") return { states: message.states, areas: message.areas, heard: { epoch, version } };
  if (!hall.heard || hall.heard.epoch !== epoch) return null;
  if (version <= hall.heard.version) return hall;
  if (version > hall.heard.version + 1) return null;
  const taken = new Map(message.areas);
  return {
    states: withChanges(hall.states, message.seats),
    areas: hall.areas.map((one) => ({ ...one, taken: taken.get(one.key) ?? one.taken })),
    heard: { epoch, version },
  };
}
