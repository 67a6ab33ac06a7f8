import { onlineManager, QueryClient } from "@tanstack/react-query";
import { ProblemError } from "./problem";

const RETRIES_MAX = 2;

/** Answer a cache of what Berth answered: refusals are final, what was not reached is tried again. */
export function createQueryClient(): QueryClient {
  // It takes for granted that a page begins with a network, and one that did not would miss that it comes back.
  onlineManager.setOnline(navigator.onLine);
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // Without a network a question fails at once, or is answered from what is kept; it never waits in silence.
        networkMode: "always",
        refetchOnReconnect: true,
        retry: (failures, error) =>
          navigator.onLine && failures < RETRIES_MAX && !(error instanceof ProblemError && isFinal(error)),
      },
      // A change that waits for the network would be made when nobody thinks of it any more.
      mutations: { networkMode: "always" },
    },
  });
}

/** Let everything be read again that came from below one of these paths, such as `/api/v1/reservations`. */
export function invalidatePaths(queries: QueryClient, prefixes: readonly string[]): Promise<void> {
  return queries.invalidateQueries({
    predicate: ({ queryKey }) => {
      const path = String(queryKey[1] ?? "");
      return prefixes.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));
    },
  });
}

function isFinal(error: ProblemError): boolean {
  return error.problem.status >= 400 && error.problem.status < 500 && error.problem.status !== 429;
}
