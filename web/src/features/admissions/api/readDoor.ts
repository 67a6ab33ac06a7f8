import { client } from "@/lib/api/client";
import type { DoorTicket } from "../judging";
import type { TicketList } from "../kept";
import { soon } from "./asking";

const PAGE = 200;

/** Read how many have come in. */
export async function readCounts(performance_id: number): Promise<{ admitted: number; tickets: number }> {
  const params = { path: { performance_id } };
  const { data } = await soon((signal) => client.GET("/api/v1/performances/{performance_id}/admissions", { params, signal }));
  return data!;
}

/** Read all tickets of a performance, page by page. */
export async function readList(performance_id: number): Promise<TicketList> {
  const path = { performance_id };
  const heardAt = Date.now();
  const performance = await soon((signal) => client.GET("/api/v1/performances/{performance_id}", { params: { path }, signal }));
  const tickets: DoorTicket[] = [];
  let cursor: string | null = null;
  do {
    const query: { limit: number; cursor?: string } = cursor === null ? { limit: PAGE } : { limit: PAGE, cursor };
    const page: { items: DoorTicket[]; next_cursor: string | null } = (
      await soon((signal) => client.GET("/api/v1/performances/{performance_id}/admissions/tickets", { params: { path, query }, signal }))
    ).data!;
    tickets.push(...page.items.map(({ code, seat, admitted_at }) => ({ code, seat, admitted_at })));
    cursor = page.next_cursor;
  } while (cursor !== null);
  return { name: performance.data!.name, heardAt, tickets };
}
