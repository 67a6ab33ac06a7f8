import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./app.css";
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { setNonce } from "get-nonce";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import * as z from "zod/mini";
import { createQueryClient } from "@/lib/api/queries";
import { isSignedIn } from "@/lib/api/session";
import { preferredLocale, speak } from "@/lib/i18n/locales";
import { watchInstallOffer } from "@/lib/offline/install";
import { installWorker } from "@/lib/offline/worker";
import { router } from "./router";
import { cssVariables, theme } from "./theme";

// The content security policy allows no code made of text, and style elements only with the page's own number.
z.config({ jitless: true });
const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? "";
setNonce(nonce);

// What the first page needs is asked for together, not one after the other: who is there, its code, and its words.
void isSignedIn().catch(() => undefined);
const [pages] = router.getMatchedRoutes(router.latestLocation.pathname);
pages.forEach((one) => void router.loadRouteChunk(one)?.catch(() => undefined));
await speak(preferredLocale());
createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" getStyleNonce={() => nonce}>
        <Notifications position="top-right" />
        <QueryClientProvider client={createQueryClient()}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </I18nProvider>
  </StrictMode>,
);
watchInstallOffer();
void installWorker();
