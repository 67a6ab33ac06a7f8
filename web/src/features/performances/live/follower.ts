import type { Follower } from "@/lib/live/socket";
import { type Hall, type Message, told } from "./following";

/** Thousands are told of a change at the same moment: they look at the performance again spread over this time. */
const SPREAD_MS = 1_000;
const UNHEARD: Hall = { states: "", areas: [], heard: null };

interface Acts {
  /** Take how the seats stand; none while that is not known. */
  tell: (hall: Hall | null) => void;
  /** Have the topic told from its beginning. */
  ask: () => void;
  /** Read the performance again. */
  look: () => void;
}

/** Answer who follows a performance: its seats, and whether it is to be looked at again itself. */
export function followerOf({ tell, ask, look }: Acts): Required<Follower> & { stop: () => void } {
  let hall = UNHEARD;
  let isAsked = false;
  let wasLost = false;
  let looking: ReturnType<typeof setTimeout> | undefined;
  const soon = () => {
    looking ??= setTimeout(() => {
      looking = undefined;
      look();
    }, Math.random() * SPREAD_MS);
  };
  const change = (message: Message) => {
    const next = told(hall, message);
    if (next === null) {
      // What is on its way yet has the same gap: one question is enough.
      if (!isAsked) ask();
      isAsked = true;
      return;
    }
    if (message.type === "snapshot") isAsked = false;
    if (next === hall) return;
    hall = next;
    tell(hall);
  };
  return {
    heard: (message) => {
      if (message.type === "notice" || message.type === "missed") soon();
      if (message.type !== "snapshot" && message.type !== "delta") return;
      if (wasLost) soon();
      wasLost = false;
      change(message as Message);
    },
    lost: () => {
      hall = UNHEARD;
      isAsked = false;
      wasLost = true;
      tell(null);
    },
    stop: () => clearTimeout(looking),
  };
}
