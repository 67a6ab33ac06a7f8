import { useEffect, useSyncExternalStore } from "react";

/** Something that the command palette offers. `keywords` are further words by which it is found. */
export interface Command {
  id: string;
  label: string;
  description?: string;
  keywords?: string[];
  run: () => void;
}

let commands: readonly Command[] = [];
const listeners = new Set<() => void>();

/** Offer commands for as long as the component is there; give the same array while they are the same. */
export function useOfferCommands(offered: readonly Command[]): void {
  useEffect(() => {
    change([...commands.filter((one) => !offered.some((new_) => new_.id === one.id)), ...offered]);
    return () => change(commands.filter((one) => !offered.includes(one)));
  }, [offered]);
}

/** Answer what is offered now. */
export function useCommands(): readonly Command[] {
  return useSyncExternalStore(subscribe, () => commands);
}

function change(next: readonly Command[]): void {
  commands = next;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
