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

/** The keys of what one form sends: a wish keeps its own for as long as it is not known what became of it. */
export class WishKeys {
  #unanswered: { said: string; key: string } | null = null;

  /** Send a wish, known by what it says, with its key. */
  async send<Answer>(said: string, ask: (key: string) => Promise<Answer>): Promise<Answer> {
    const key = this.#unanswered?.said === said ? this.#unanswered.key : newKey();
    this.#unanswered = null;
    try {
      return await ask(key);
    } catch (error) {
      if (isUndecided(error)) this.#unanswered = { said, key };
      throw error;
    }
  }
}
