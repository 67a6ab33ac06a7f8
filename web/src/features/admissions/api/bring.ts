import { client } from "@/lib/api/client";
import type { Conflict } from "../kept";
import type { LetIn, Verdict } from "../judging";
import { soon } from "./asking";

/** How many scans Berth takes at once. */
export const AT_ONCE = 2000;

/** Bring in whom this device let in without a network; answers those whom Berth would not have let in. */
export async function bring(performance_id: number, letIn: readonly LetIn[]): Promise<Conflict[]> {
  const params = { path: { performance_id } };
  const body = { scans: letIn.map(({ code, at }) => ({ code, at })) };
  const { data } = await soon((signal) => client.POST("/api/v1/performances/{performance_id}/admissions/brought", { params, body, signal }));
  return data!.items.filter((one) => one.verdict !== "admitted").map((one) => ({ ...one, verdict: one.verdict as Verdict }));
}
