import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { followerOf, lookingAgain } from "./useLive";

const subscribed = { type: "subscribed", topic: "resources" };
const changed = { type: "notice", topic: "resources", about: "berth.identity.user_changed.v1" };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("looks at everything after the connection was lost, and not when it is there for the first time", () => {
  const look = vi.fn();
  const follower = followerOf((paths) => paths.length && look(paths));
  follower.heard(subscribed);
  expect(look).not.toHaveBeenCalled();
  follower.lost!();
  follower.heard(subscribed);
  follower.heard(subscribed);
  expect(look).toHaveBeenCalledExactlyOnceWith(["/api/v1"]);
});

it("looks once at what a burst of notices names", async () => {
  const read = vi.fn();
  const { look } = lookingAgain(read);
  const follower = followerOf(look);
  follower.heard(changed);
  follower.heard(changed);
  follower.heard({ ...changed, about: "berth.quota.quota_changed.v1" } as never);
  await vi.advanceTimersByTimeAsync(200);
  expect(read).toHaveBeenCalledExactlyOnceWith(["/api/v1/users", "/api/v1/quotas"]);
});

it("looks some time later at what it missed together with everybody, unless it stops", async () => {
  const read = vi.fn();
  const { look, stop } = lookingAgain(read);
  const missed = { type: "missed", topic: "notices" };
  followerOf(look).heard(missed);
  await vi.advanceTimersByTimeAsync(2_200);
  expect(read).toHaveBeenCalledExactlyOnceWith(["/api/v1"]);
  followerOf(look).heard(missed);
  stop();
  await vi.advanceTimersByTimeAsync(2_200);
  expect(read).toHaveBeenCalledOnce();
});
