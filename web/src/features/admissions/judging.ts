/** A ticket as a door keeps it. */
export interface DoorTicket {
  code: string;
  seat: string;
  admitted_at: string | null;
}

/** A code by which this device let somebody in; it waits until Berth knows of it. */
export interface LetIn {
  code: string;
  at: string;
  waits: boolean;
}

/** What Berth says of a code; `unlisted` is all that can be said of one that is not on the list without a network. */
export type Verdict = "admitted" | "admitted_already" | "void" | "other_performance" | "unknown" | "unlisted";

export interface Judged {
  code: string;
  verdict: Verdict;
  seat: string | null;
  admitted_at: string | null;
}

const AGAIN_MS = 5_000;

/** Answer a code as it is printed, however it was read or typed. */
export function asPrinted(code: string): string {
  return code.replace(/\s/g, "").toUpperCase();
}

/** Judge a code without a network, by the list and by whom this device let in since. */
export function judge(tickets: readonly DoorTicket[], letIn: readonly LetIn[], code: string, at: string): Judged {
  const ticket = tickets.find((one) => one.code === code);
  const before = letIn.find((one) => one.code === code)?.at ?? ticket?.admitted_at ?? null;
  const seat = ticket?.seat ?? null;
  if (before !== null) return { code, verdict: "admitted_already", seat, admitted_at: before };
  if (!ticket) return { code, verdict: "unlisted", seat, admitted_at: null };
  return { code, verdict: "admitted", seat, admitted_at: at };
}

/** Count who has come in as far as this device knows. */
export function countOf(tickets: readonly DoorTicket[], letIn: readonly LetIn[]): { admitted: number; tickets: number } {
  const here = new Set(letIn.map((one) => one.code));
  const admitted = tickets.filter((one) => one.admitted_at !== null || here.has(one.code)).length;
  return { admitted, tickets: tickets.length };
}

/** Answer what is still to be kept of whom this device let in, once a list is there that was asked for at a time. */
export function stillNeeded(letIn: readonly LetIn[], askedAt: string): LetIn[] {
  return letIn.filter((one) => one.waits || one.at >= askedAt);
}

/** Answer the same with those marked that Berth knows of now. */
export function brought(letIn: readonly LetIn[], sent: readonly LetIn[]): LetIn[] {
  const known = new Set(sent.map((one) => `${one.code} ${one.at}`));
  return letIn.map((one) => (known.has(`${one.code} ${one.at}`) ? { ...one, waits: false } : one));
}

/** Tells a ticket that is still before the camera from one that is shown anew. */
export class Repeats {
  #code = "";
  #seenAt = 0;

  /** Note that a code was seen; answers whether it was seen a moment ago, too. */
  isAgain(code: string, now: number): boolean {
    const again = code === this.#code && now - this.#seenAt < AGAIN_MS;
    this.#code = code;
    this.#seenAt = now;
    return again;
  }
}
