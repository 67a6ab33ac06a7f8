import type { components } from "@generated/schema";
import { forgetKept } from "@/lib/offline/kept";
import { problemOf } from "./problem";

/**
 * The session of this browser. The refresh token is a cookie that no script can read; the access token is kept in
 * this module's memory and nowhere else, and leaves with the page. All tabs share one session: one of them refreshes
 * at a time, and tells the others what it got.
 */

const PATH = "/api/v1/session";
const HEADERS = { "X-Berth-Web": "1" };
const LOCK = "berth-session";
/** Says that there may be a cookie, which spares strangers a request that must fail. It is no secret. */
const MARK = "berth.session";
const REFRESH_BEFORE_MS = 30_000;

type AccessOutput = components["schemas"]["AccessOutput"];

interface Access {
  token: string;
  /** In milliseconds since 1970, by this machine's clock. */
  expiresAt: number;
}

let access: Access | null = null;
/** Whether somebody is, as far as this page knows; without a network it may be so with no token at hand. */
let isSomebodyIn = localStorage.getItem(MARK) !== null;
const listeners = new Set<() => void>();
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("berth-session");

channel?.addEventListener("message", (event: MessageEvent<Access | null>) => remember(event.data));

/** Sign in; throws a `ProblemError` if it is refused. */
export async function signIn(username: string, password: string): Promise<void> {
  const body = JSON.stringify({ username, password });
  const headers = { ...HEADERS, "Content-Type": "application/json" };
  forgetKept();
  share(await accessOf(await fetch(PATH, { method: "POST", headers, body })));
}

/** End the session everywhere in this browser; being offline is no reason to stay signed in here. */
export async function signOut(): Promise<void> {
  await fetch(PATH, { method: "DELETE", headers: HEADERS }).catch(() => undefined);
  share(null);
}

/**
 * Answer whether somebody is signed in, after asking Berth if this page does not know yet. Where it cannot be asked,
 * whoever was signed in still is: to look at what this device keeps, for nothing else is there.
 */
export async function isSignedIn(): Promise<boolean> {
  try {
    return (await accessToken()) !== null;
  } catch (error) {
    if (isUnreached(error)) return localStorage.getItem(MARK) !== null;
    throw error;
  }
}

/** Tell whether an error says that the network did not get a request through. */
export function isUnreached(error: unknown): boolean {
  return error instanceof TypeError;
}

/** Answer an access token that is good for so long, if they last so long at all; none if nobody is signed in. */
export async function accessToken(goodForMs = REFRESH_BEFORE_MS): Promise<string | null> {
  const known = freshToken(goodForMs);
  if (known !== null || localStorage.getItem(MARK) === null) return known;
  await oneTabAtATime(() => refresh(goodForMs));
  return freshToken();
}

/** Forget an access token that Berth refused, so that the next request fetches another. */
export function refused(token: string): void {
  if (access?.token === token) access = null;
}

/** Be told when somebody signs in or out, in this tab or another. Answers how to stop. */
export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function refresh(goodForMs: number): Promise<void> {
  if (freshToken(goodForMs) !== null) return; // another tab, or an earlier request of this one, was faster
  const response = await fetch(`${PATH}/refresh`, { method: "POST", headers: HEADERS });
  if (response.status === 401) share(null);
  else share(await accessOf(response));
}

async function accessOf(response: Response): Promise<Access> {
  if (!response.ok) throw await problemOf(response);
  const answer = (await response.json()) as AccessOutput;
  return { token: answer.access_token, expiresAt: Date.now() + answer.expires_in * 1000 };
}

function freshToken(goodForMs = REFRESH_BEFORE_MS): string | null {
  return access !== null && access.expiresAt - goodForMs > Date.now() ? access.token : null;
}

async function oneTabAtATime(act: () => Promise<void>): Promise<void> {
  await (navigator.locks ? navigator.locks.request(LOCK, act) : act());
}

function share(next: Access | null): void {
  remember(next);
  channel?.postMessage(next);
}

function remember(next: Access | null): void {
  const changed = isSomebodyIn !== (next !== null);
  isSomebodyIn = next !== null;
  access = next;
  if (next) localStorage.setItem(MARK, "1");
  else {
    localStorage.removeItem(MARK);
    forgetKept();
  }
  if (changed) listeners.forEach((listener) => listener());
}
