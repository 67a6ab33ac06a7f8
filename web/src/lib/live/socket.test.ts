import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Live, type Told } from "./socket";

/** The other end of a connection: says what Berth would, and keeps what it is told. */
class Line {
  static all: Line[] = [];
  readyState = 0;
  heard: Record<string, unknown>[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor() {
    Line.all.push(this);
  }

  static get last(): Line {
    return Line.all.at(-1)!;
  }

  send(text: string) {
    this.heard.push(JSON.parse(text) as Record<string, unknown>);
  }

  close() {
    this.readyState = 3;
  }

  opens() {
    this.readyState = 1;
    this.onopen?.();
    this.says({ type: "welcome", heartbeat_seconds: 15 });
  }

  says(message: object) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  ends(code: number) {
    this.readyState = 3;
    this.onclose?.({ code });
  }
}

const token = vi.fn<(goodForMs: number) => Promise<string | null>>();
const refused = vi.fn();
const notice = { type: "notice", topic: "resources", about: "calendar_changed", subject: null, resource_ids: [5] };
let live: Live;

beforeEach(() => {
  vi.useFakeTimers();
  Line.all = [];
  token.mockReset().mockResolvedValue("first");
  refused.mockReset();
  live = new Live({ open: () => new Line() as never, token, refused });
});
afterEach(() => void vi.useRealTimers());

const settle = () => vi.advanceTimersByTimeAsync(0);
/** The longest pause before the first try to connect again. */
const pause = () => vi.advanceTimersByTimeAsync(1_000);

function follower() {
  const heard: Told[] = [];
  return { told: heard, heard: (one: Told) => void heard.push(one), lost: vi.fn() };
}

async function connected(...topics: string[]) {
  const followers = topics.map(follower);
  const stops = topics.map((topic, at) => live.follow(topic, followers[at]!));
  await settle();
  Line.last.opens();
  return { followers, stops, first: followers[0]!, line: Line.last };
}

describe("the socket of a page", () => {
  it("is one for all who follow something, each of whom hears of their own topic", async () => {
    const { followers, line } = await connected("notices", "resources");
    expect(Line.all).toHaveLength(1);
    expect(line.heard).toEqual([
      { type: "hello", token: "first" },
      { type: "subscribe", topic: "notices" },
      { type: "subscribe", topic: "resources" },
    ]);
    line.says(notice);
    expect(followers.map((one) => one.told)).toEqual([[], [notice]]);
  });

  it("subscribes at once to what is followed later, and again for a second follower, to whom all is new", async () => {
    const { line } = await connected("notices");
    live.follow("performance/1", follower());
    live.follow("performance/1", follower());
    expect(line.heard.slice(2)).toEqual(Array(2).fill({ type: "subscribe", topic: "performance/1" }));
  });

  it("unsubscribes when the last follower of a topic leaves, and ends when nobody follows any", async () => {
    const { stops, line } = await connected("notices", "performance/1", "performance/1");
    stops[1]!();
    expect(line.heard.at(-1)!.type).toBe("subscribe");
    stops[2]!();
    stops[2]!();
    expect(line.heard.at(-1)).toEqual({ type: "unsubscribe", topic: "performance/1" });
    expect(line.readyState).toBe(1);
    stops[0]!();
    expect(line.readyState).toBe(3);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(Line.all).toHaveLength(1);
  });

  it("connects again after a pause when it is lost, tells so, and subscribes to everything again", async () => {
    const { first, line } = await connected("notices", "resources");
    line.ends(1001);
    expect(first.lost).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(400);
    expect(Line.all).toHaveLength(1);
    await pause();
    expect(Line.all).toHaveLength(2);
    Line.last.opens();
    expect(Line.last.heard.map((one) => one.topic ?? one.token)).toEqual(["first", "notices", "resources"]);
    line.says({ ...notice, topic: "notices" });
    expect(first.told).toEqual([]);
  });

  it("waits longer with each failure, half a minute at most, and not at all once the network is back", async () => {
    const { line } = await connected("notices");
    line.ends(1006);
    const pauses = [];
    for (let count = 0; count < 8; count += 1) {
      const [since, before] = [Date.now(), Line.all.length];
      while (Line.all.length === before) await vi.advanceTimersByTimeAsync(250);
      pauses.push(Date.now() - since);
      Line.last.ends(1006);
    }
    expect(pauses[0]).toBeLessThanOrEqual(1_250);
    expect(pauses[3]).toBeGreaterThanOrEqual(4_000);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(30_250);
    expect(pauses.at(-1)).toBeGreaterThanOrEqual(15_000);
    live.restart();
    await settle();
    expect(Line.all).toHaveLength(10);
  });

  it("tries again where it cannot get a token for want of a network", async () => {
    token.mockRejectedValueOnce(new TypeError("Failed to fetch"));
    live.follow("notices", follower());
    await settle();
    expect(Line.all).toHaveLength(0);
    await pause();
    expect(Line.all).toHaveLength(1);
  });

  it("says hello with a new token before the old one ends, and goes on", async () => {
    const { first, line } = await connected("notices");
    line.says({ type: "heartbeat" });
    await settle();
    expect(line.heard).toHaveLength(2);
    token.mockResolvedValue("second");
    line.says({ type: "heartbeat" });
    await settle();
    expect(token).toHaveBeenLastCalledWith(60_000);
    expect(line.heard.at(-1)).toEqual({ type: "hello", token: "second" });
    expect(Line.all).toHaveLength(1);
    expect(first.lost).not.toHaveBeenCalled();
  });

  it("gives up a token that is refused, and fetches another", async () => {
    const { line } = await connected("notices");
    line.ends(4401);
    expect(refused).toHaveBeenCalledExactlyOnceWith("first");
    token.mockResolvedValue("second");
    await pause();
    Line.last.opens();
    expect(Line.last.heard[0]).toEqual({ type: "hello", token: "second" });
  });

  it("leaves a Berth alone for long that was told too much", async () => {
    const { line } = await connected("notices");
    line.ends(4429);
    await vi.advanceTimersByTimeAsync(14_000);
    expect(Line.all).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(17_000);
    expect(Line.all).toHaveLength(2);
  });

  it("gives up a connection on which heartbeats fail to come", async () => {
    const { first, line } = await connected("notices");
    await vi.advanceTimersByTimeAsync(30_000);
    line.says({ type: "heartbeat" });
    await vi.advanceTimersByTimeAsync(37_000);
    expect(first.lost).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(first.lost).toHaveBeenCalledOnce();
    expect(line.readyState).toBe(3);
    await pause();
    expect(Line.all).toHaveLength(2);
  });

  it("ends with the session, and begins with the next", async () => {
    const { first, line } = await connected("notices");
    token.mockResolvedValue(null);
    live.restart();
    await vi.advanceTimersByTimeAsync(120_000);
    expect([line.readyState, first.lost.mock.calls.length, Line.all.length]).toEqual([3, 1, 1]);
    token.mockResolvedValue("somebody else's");
    live.restart();
    await settle();
    Line.last.opens();
    expect(Line.last.heard[0]).toEqual({ type: "hello", token: "somebody else's" });
  });

  it("opens nothing for who left while the token was fetched", async () => {
    live.follow("notices", follower())();
    await settle();
    expect(Line.all).toHaveLength(0);
  });

  it("asks again later for what is not told at the moment", async () => {
    const { followers, line } = await connected("notices", "performance/1");
    line.says({ type: "refused", topic: "performance/1", reason: "It cannot be told at the moment; try again." });
    expect(followers.map((one) => one.lost.mock.calls.length)).toEqual([0, 1]);
    const keepAlive = setInterval(() => line.says({ type: "heartbeat" }), 15_000);
    await vi.advanceTimersByTimeAsync(60_000);
    clearInterval(keepAlive);
    expect(line.heard.at(-1)).toEqual({ type: "subscribe", topic: "performance/1" });
  });
});
