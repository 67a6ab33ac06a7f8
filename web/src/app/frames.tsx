import { createRootRoute, createRoute, lazyRouteComponent, Outlet, redirect } from "@tanstack/react-router";
import { isSignedIn } from "@/lib/api/session";
import { NotFoundPage } from "./NotFoundPage";
import { PageError } from "./PageError";

/** Everything; what is not found or breaks is told here. */
export const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage, errorComponent: PageError });

/** The pages of those who are signed in; others sign in first, and come back. */
export const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  component: lazyRouteComponent(() => import("./shell/Shell"), "Shell"),
  beforeLoad: async ({ location }) => {
    if (await isSignedIn()) return;
    throw redirect({ to: "/sign-in", search: { next: location.href === "/" ? undefined : location.href } });
  },
});
