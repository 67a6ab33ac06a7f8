import { accessToken, onSessionChange, refused } from "@/lib/api/session";

const PATH = "/ws";
const RETRY_MS_MIN = 500;
const RETRY_MS_MAX = 30_000;
/** After so many failures the pause grows no longer. */
const FAILURES_MAX = 6;
/** How long a token has to be good for: that of a connection is replaced by the heartbeats, the last of them before it ends. */
const GOOD_FOR_MS = 60_000;
/** How often heartbeats come, until Berth says so itself. */
const HEARTBEAT_MS = 15_000;
/** Of so many heartbeats none may be missing. */
const SILENT_HEARTBEATS = 2.5;
const NOT_UNDERSTOOD = 4400;
const NOT_SIGNED_IN = 4401;
const TOO_MUCH = 4429;

/** What Berth says of a topic. */
export interface Told {
  type: string;
  topic: string;
}

/** Something to look at again. */
export interface Notice extends Told {
  type: "notice";
  about: string;
  subject: string | null;
  resource_ids: number[];
}

/** Somebody who follows a topic. */
export interface Follower {
  /** Take what is told. After a loss all begins anew, as it did at first. */
  heard: (told: Told) => void;
  /** Know that nothing is told for the time being. */
  lost?: () => void;
}

/** What a connection is made of. */
export interface Terms {
  open: () => WebSocket;
  token: (goodForMs: number) => Promise<string | null>;
  refused: (token: string) => void;
}

/**
 * The one WebSocket of this page, shared by all who follow something: there is one while somebody does. It is opened
 * again whenever it is lost, sooner or later, and says hello with a new token before the old one ends.
 */
export class Live {
  private readonly followers = new Map<string, Set<Follower>>();
  private line: WebSocket | null = null;
  private isAsking = false;
  private said = "";
  private failures = 0;
  private heartbeatMs = HEARTBEAT_MS;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private watch: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly terms: Terms) {}

  /** Be told of a topic. Answers how to stop. */
  follow(topic: string, follower: Follower): () => void {
    const theirs = this.followers.get(topic) ?? new Set();
    this.followers.set(topic, theirs.add(follower));
    this.again(topic);
    if (this.retry === undefined) void this.connect();
    return () => this.leave(topic, follower);
  }

  /** Have a topic told from its beginning. */
  again(topic: string): void {
    if (this.followers.has(topic)) this.say({ type: "subscribe", topic });
  }

  /** Begin anew at once, as whoever is signed in now; without anybody, when somebody is. */
  restart(): void {
    this.failures = 0;
    if (this.line) this.lose();
    void this.connect();
  }

  private leave(topic: string, follower: Follower): void {
    const theirs = this.followers.get(topic);
    if (!theirs?.delete(follower) || theirs.size > 0) return;
    this.followers.delete(topic);
    if (this.followers.size > 0) return this.say({ type: "unsubscribe", topic });
    this.failures = 0;
    this.hangUp();
  }

  private async connect(): Promise<void> {
    clearTimeout(this.retry);
    this.retry = undefined;
    if (this.line || this.isAsking || this.followers.size === 0) return;
    this.isAsking = true;
    const token = await this.terms.token(GOOD_FOR_MS).catch(() => undefined);
    this.isAsking = false;
    if (this.line || this.followers.size === 0 || token === null) return;
    if (token === undefined) this.pause();
    else this.begin(token);
  }

  private begin(token: string): void {
    const line = this.terms.open();
    this.line = line;
    this.heartbeatMs = HEARTBEAT_MS;
    this.beat();
    line.onopen = () => {
      this.hello(token);
      this.followers.forEach((_, topic) => this.again(topic));
    };
    line.onmessage = (event: MessageEvent<string>) => {
      this.beat();
      this.take(JSON.parse(event.data) as Told);
    };
    line.onclose = (event) => {
      if (event.code === NOT_SIGNED_IN) this.terms.refused(this.said);
      if (event.code === NOT_UNDERSTOOD || event.code === TOO_MUCH) this.failures = FAILURES_MAX;
      this.lose();
      this.pause();
    };
  }

  private take(told: Told): void {
    if (told.type === "welcome") {
      this.failures = 0;
      this.heartbeatMs = (told as Told & { heartbeat_seconds: number }).heartbeat_seconds * 1000;
    } else if (told.type === "heartbeat") void this.renew();
    else if (told.type === "refused") this.refuse(told.topic);
    else this.followers.get(told.topic)?.forEach((one) => one.heard(told));
  }

  /** What is not told now may be later. */
  private refuse(topic: string): void {
    const line = this.line;
    this.followers.get(topic)?.forEach((one) => one.lost?.());
    setTimeout(() => line === this.line && this.again(topic), between(RETRY_MS_MAX, 2 * RETRY_MS_MAX));
  }

  /** Say hello with a new token while the old one is still good. Heartbeats come in the background, too; timers sleep there. */
  private async renew(): Promise<void> {
    const line = this.line;
    const token = await this.terms.token(GOOD_FOR_MS).catch(() => undefined);
    if (line === this.line && token && token !== this.said) this.hello(token);
  }

  private hello(token: string): void {
    this.said = token;
    this.say({ type: "hello", token });
  }

  private say(message: object): void {
    if (this.line?.readyState === 1) this.line.send(JSON.stringify(message));
  }

  /** Give a connection up from which nothing comes: a network that is gone does not say so. */
  private beat(): void {
    clearTimeout(this.watch);
    this.watch = setTimeout(() => {
      this.lose();
      this.pause();
    }, SILENT_HEARTBEATS * this.heartbeatMs);
  }

  private lose(): void {
    this.hangUp();
    this.followers.forEach((theirs) => theirs.forEach((one) => one.lost?.()));
  }

  private hangUp(): void {
    clearTimeout(this.watch);
    clearTimeout(this.retry);
    this.retry = undefined;
    const line = this.line;
    this.line = null;
    if (!line) return;
    line.onopen = line.onmessage = line.onclose = null;
    line.close();
  }

  private pause(): void {
    if (this.followers.size === 0) return;
    this.failures = Math.min(this.failures + 1, FAILURES_MAX);
    const most = Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** this.failures);
    this.retry = setTimeout(() => void this.connect(), between(most / 2, most));
  }
}

function between(least: number, most: number): number {
  return least + Math.random() * (most - least);
}

export const live = new Live({
  open: () => new WebSocket(`${location.origin.replace(/^http/, "ws")}${PATH}`),
  token: accessToken,
  refused,
});
onSessionChange(() => live.restart());
// What was open before the network went may be dead, and would not say so for a while.
addEventListener("online", () => live.restart());
