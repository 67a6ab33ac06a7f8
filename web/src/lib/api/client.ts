import type { paths } from "@generated/schema";
import createClient, { type Middleware } from "openapi-fetch";
import createQueries from "openapi-react-query";
import { noteAnswer } from "@/lib/offline/asOf";
import { KEPT_PATH } from "@/lib/offline/kept";
import { asProblem, problemOf } from "./problem";
import { accessToken, isUnreached, refused } from "./session";

const signed: Middleware = {
  async onRequest({ request }) {
    const token = await tokenFor(request);
    if (token) request.headers.set("Authorization", `Bearer ${token}`);
    return request;
  },
  async onResponse({ request, response }) {
    noteAnswer(request.url, response.headers);
    if (response.ok) return response;
    if (response.status === 401) refused(request.headers.get("Authorization")?.replace("Bearer ", "") ?? "");
    throw await problemOf(response);
  },
  onError: ({ error }) => asProblem(error),
};

// What this device keeps is answered to who has no token, because none can be had now.
async function tokenFor(request: Request): Promise<string | null> {
  try {
    return await accessToken();
  } catch (error) {
    if (isUnreached(error) && new URL(request.url).pathname === KEPT_PATH) return null;
    throw error;
  }
}

/** Berth's API, typed by its OpenAPI document. Whatever is refused is thrown as a `ProblemError`. */
export const client = createClient<paths>({ baseUrl: typeof location === "undefined" ? "" : location.origin });
client.use(signed);

/** The same as hooks of TanStack Query. */
export const api = createQueries(client);

/** Answer the headers with which a wish can be sent again without being done twice: one key for each wish. */
export function idempotent(key: string): { "idempotency-key": string } {
  return { "idempotency-key": key };
}
