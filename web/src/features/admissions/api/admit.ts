import { client } from "@/lib/api/client";
import { asProblem } from "@/lib/api/problem";
import type { Judged, Verdict } from "../judging";
import { soon } from "./asking";

const REFUSALS: Record<string, Verdict> = {
  "admitted-already": "admitted_already",
  "ticket-void": "void",
  "other-performance": "other_performance",
  "unknown-ticket": "unknown",
};

/** Let somebody in by a code, or answer why not; throws what says nothing of the ticket. */
export async function admit(performance_id: number, code: string): Promise<Judged> {
  const params = { path: { performance_id } };
  try {
    const { data } = await soon((signal) => client.POST("/api/v1/performances/{performance_id}/admissions", { params, body: { code }, signal }));
    return { code, verdict: "admitted", seat: data!.seat, admitted_at: data!.admitted_at };
  } catch (error) {
    const { kind, problem } = asProblem(error);
    const verdict = REFUSALS[kind];
    if (!verdict) throw error;
    const text = (value: unknown) => (typeof value === "string" ? value : null);
    return { code, verdict, seat: text(problem.seat), admitted_at: text(problem.admitted_at) };
  }
}
