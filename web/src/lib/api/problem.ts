import { i18n } from "@lingui/core";
import { msg } from "@lingui/core/macro";

/** The members that every error of Berth has (RFC 9457); particular kinds add their own. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  [more: string]: unknown;
}

/** What every refused request throws. `kind` is for decisions, `sentence` for people. */
export class ProblemError extends Error {
  readonly kind: string;

  constructor(readonly problem: Problem) {
    super(problem.detail);
    this.name = "ProblemError";
    this.kind = problem.type.replace("/problems/", "");
  }

  /** Answer what stands in the way and the way out, in the reader's language where Berth's own is not enough. */
  get sentence(): string {
    const own = SENTENCES[this.kind];
    return own ? i18n._(own) : this.problem.detail;
  }

  /** Answer what is wrong with each member of the input, for forms. */
  get fields(): Record<string, string> {
    const errors = (this.problem.errors ?? []) as { where?: string; message?: string }[];
    return Object.fromEntries(errors.filter((one) => one.where).map((one) => [one.where!, one.message ?? ""]));
  }
}

const SENTENCES: Record<string, ReturnType<typeof msg>> = {
  "wrong-credentials": msg`The username or the password is wrong.`,
  "wrong-password": msg`The current password is wrong.`,
  "weak-password": msg`This password is too easy to guess; take a longer or less common one.`,
  "username-taken": msg`Somebody else has this username.`,
  "email-taken": msg`Somebody else has this e-mail address.`,
  "setup-over": msg`Berth is set up already; sign in.`,
  "setup-token-refused": msg`This link is no longer valid. Each start of Berth prints a new one; use the last.`,
  "not-signed-in": msg`You are signed out; sign in again.`,
  "not-allowed": msg`You are not allowed to do this.`,
  "not-changeable": msg`This reservation is over or was cancelled, and cannot be changed any more.`,
  "unknown-reservation": msg`There is no such reservation.`,
  "unknown-series": msg`There is no such series.`,
  "no-occurrences": msg`This gives no time that can be reserved now. Take other days or a later end.`,
  "occurrences-overlap": msg`Its times would overlap each other. Make them shorter or rarer.`,
  "mixed-zones": msg`What is reserved together in a series has to be in one time zone.`,
  "unknown-term": msg`This term is not there any more. Choose another.`,
  "changed-meanwhile": msg`Somebody else has changed this meanwhile. Look at it again, then decide anew.`,
  "already-waiting": msg`You wait for this already, or have been offered it.`,
  "too-many-entries": msg`You wait for as many things as a person may. Leave one of them first.`,
  "too-small": msg`There is no room for so many people. Wait for something larger.`,
  "too-late": msg`This time is over, or begins at once. Look for what is free now.`,
  "window-too-short": msg`The time to look in is shorter than what you need.`,
  "nothing-fits": msg`Nothing fits this search. Ask for less.`,
  "no-offer": msg`Nothing is free yet. You will be told when it is your turn.`,
  "offer-over": msg`This is over: it was answered, left, or its time has passed. You can stand in line anew.`,
  "hold-over": msg`It is not kept for you any more: the time ran out, or it was given back.`,
  "unknown-hold": msg`It is not kept for you any more: the time ran out, or it was given back.`,
  "extended-already": msg`It was held longer once already.`,
  "begun-already": msg`It has begun, and cannot be given up any more. Ask an administrator.`,
  "admitted-already": msg`Somebody has come in by a ticket of this order.`,
  "too-many-holds": msg`As many times are kept for you as may be at once. Reserve one of them, or give one back.`,
  "too-many-feeds": msg`You have as many addresses as a person may. Revoke one that nobody reads.`,
  "unknown-feed": msg`There is no such address any more.`,
  "too-many-app-passwords": msg`You have as many app passwords as a person may. Revoke one that is not used.`,
  "unknown-app-password": msg`There is no such app password any more.`,
  "too-many-subscriptions": msg`There are as many calendars from outside as may be. Remove one of them.`,
  "unknown-subscription": msg`This calendar is not followed any more.`,
  "blackout-of-calendar": msg`A calendar from outside closes this time. Change it there, or remove the calendar.`,
  "database-away": msg`Berth cannot reach its database at the moment. Try again in a moment.`,
  "service-away": msg`A part of Berth does not answer at the moment. Try again in a moment.`,
  internal: msg`Something went wrong in Berth; it is logged there. Try again later.`,
  offline: msg`Berth cannot be reached. Check your connection and try again.`,
};

/** Answer the problem that a response tells of; one that is no problem document is told by its status alone. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const told = await response.clone().json().catch(() => null);
  if (told && typeof told.type === "string" && typeof told.detail === "string") return new ProblemError(told as Problem);
  return new ProblemError({ type: "/problems/http", title: "", status: response.status, detail: `HTTP ${response.status}` });
}

/** Answer any thrown value as a problem: what is none means that Berth was not reached. */
export function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  return new ProblemError({ type: "/problems/offline", title: "", status: 0, detail: String(error) });
}
