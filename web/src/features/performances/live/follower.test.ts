import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { followerOf } from "./follower";

const topic = "performance/1";
const snapshot = { type: "snapshot", topic, epoch: "a", version: 1, states: "ff", areas: [] };
const acts = { tell: vi.fn(), ask: vi.fn(), look: vi.fn() };

function delta(version: number) {
  return { type: "delta", topic, epoch: "a", version, seats: [[0, "h"]], areas: [] };
}

beforeEach(() => {
  vi.useFakeTimers();
  Object.values(acts).forEach((one) => one.mockReset());
});
afterEach(() => void vi.useRealTimers());

describe("who follows a performance", () => {
  it("asks once for all of it after a gap, however much of it is on its way", () => {
    const follower = followerOf(acts);
    [snapshot, delta(3), delta(4)].forEach(follower.heard);
    expect(acts.ask).toHaveBeenCalledOnce();
    [{ ...snapshot, version: 4 }, delta(5), delta(7)].forEach(follower.heard);
    expect(acts.ask).toHaveBeenCalledTimes(2);
    expect(acts.tell).toHaveBeenLastCalledWith(expect.objectContaining({ states: "hf", heard: { epoch: "a", version: 5 } }));
  });

  it("looks at the performance again after it was changed, once for a burst, and after something was missed", async () => {
    const follower = followerOf(acts);
    [snapshot, { type: "notice", topic }, { type: "notice", topic }].forEach(follower.heard);
    expect(acts.look).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(acts.look).toHaveBeenCalledOnce();
    follower.heard({ type: "missed", topic });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(acts.look).toHaveBeenCalledTimes(2);
  });

  it("knows nothing while the connection is lost, and looks at everything once it is back", async () => {
    const follower = followerOf(acts);
    follower.heard(snapshot);
    follower.lost();
    expect(acts.tell).toHaveBeenLastCalledWith(null);
    follower.heard(snapshot);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(acts.look).toHaveBeenCalledOnce();
    follower.heard({ type: "notice", topic });
    follower.stop();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(acts.look).toHaveBeenCalledOnce();
  });
});
