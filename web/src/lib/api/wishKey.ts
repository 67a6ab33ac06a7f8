import { asProblem } from "./problem";

/** Answer a new key for a wish; unlike `crypto.randomUUID` this works without https too. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Tell whether a wish may have been done although this was answered: then it is asked again with the same key. */
export function isUndecided(error: unknown): boolean {
  const { status } = asProblem(error).problem;
  return status === 0 || status >= 500;
}
