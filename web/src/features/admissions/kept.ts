import { OWN_PREFIX } from "@/lib/offline/kept";
import type { DoorTicket, Judged, LetIn } from "./judging";

/** The tickets of a performance, and since when they are: in milliseconds since 1970. */
export interface TicketList {
  name: string;
  heardAt: number;
  tickets: DoorTicket[];
}

/** A scan that was let in here and that Berth judged otherwise when it was brought in. */
export interface Conflict extends Judged {
  at: string;
}

/** Codes that open doors leave with whoever signs out; whom they let in stays until Berth knows of it. */
const LISTS = `${OWN_PREFIX}admissions.list.`;
const name = (kind: "letIn" | "conflicts", id: number) => `berth.admissions.${kind}.${id}`;

function read<Kept>(key: string): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") as Kept | null;
  } catch {
    return null;
  }
}

export const keptList = (id: number) => read<TicketList>(`${LISTS}${id}`);
export const keptLetIn = (id: number) => read<LetIn[]>(name("letIn", id)) ?? [];
export const keptConflicts = (id: number) => read<Conflict[]>(name("conflicts", id)) ?? [];

/** Keep a list instead of all others: codes that open doors do not gather on a device. */
export function keepList(id: number, list: TicketList): void {
  Object.keys(localStorage)
    .filter((key) => key.startsWith(LISTS))
    .forEach((key) => localStorage.removeItem(key));
  try {
    localStorage.setItem(`${LISTS}${id}`, JSON.stringify(list));
  } catch {
    // There is no room for so many: the page that is open still has them.
  }
}

export function keepLetIn(id: number, letIn: readonly LetIn[]): void {
  localStorage.setItem(name("letIn", id), JSON.stringify(letIn));
}

export function keepConflicts(id: number, conflicts: readonly Conflict[]): void {
  localStorage.setItem(name("conflicts", id), JSON.stringify(conflicts));
}
