import { useReducer } from "react";
import type { SeatMap } from "@/ui/seats/geometry/places";
import type { Chosen } from "./changes";

/** What is edited: a map, and the places that are chosen in it. */
export interface Draft {
  map: SeatMap;
  chosen: Chosen;
}

export interface History {
  past: readonly Draft[];
  present: Draft;
  future: readonly Draft[];
}

export type Step = { kind: "change"; draft: Draft } | { kind: "choose"; chosen: Chosen } | { kind: "undo" } | { kind: "redo" } | { kind: "begin"; map: SeatMap };

const STEPS_MAX = 100;
export const NONE: Chosen = new Set();

/** Answer the history after a step: what is only chosen is not a step of its own. */
export function after(history: History, step: Step): History {
  const { past, present, future } = history;
  switch (step.kind) {
    case "change":
      return { past: [...past, present].slice(-STEPS_MAX), present: step.draft, future: [] };
    case "choose":
      return { past, present: { map: present.map, chosen: step.chosen }, future };
    case "undo": {
      const before = past.at(-1);
      return before ? { past: past.slice(0, -1), present: before, future: [present, ...future] } : history;
    }
    case "redo": {
      const [next, ...rest] = future;
      return next ? { past: [...past, present], present: next, future: rest } : history;
    }
    case "begin":
      return { past: [], present: { map: step.map, chosen: NONE }, future: [] };
  }
}

/** Answer the history of a map that is edited, and how to go on with it. */
export function useHistory(map: SeatMap) {
  return useReducer(after, { past: [], present: { map, chosen: NONE }, future: [] });
}
