import { useLingui } from "@lingui/react";
import { type ReactNode, useEffect } from "react";
import { chooseLocale } from "@/lib/i18n/locales";
import { machineZone } from "@/lib/time/format";
import { ViewerZoneProvider } from "@/lib/time/ViewerZone";
import { useMe } from "@/lib/api/readMe";

/** Shows times to whoever is signed in, in the zone of their profile, and speaks the language of it. */
export function OwnZone({ children }: { children: ReactNode }) {
  const me = useMe().data;
  useOwnLanguage(me?.language);
  return <ViewerZoneProvider value={me?.timezone ?? machineZone()}>{children}</ViewerZoneProvider>;
}

function useOwnLanguage(language: "en" | "fr" | "es" | undefined): void {
  const { i18n } = useLingui();
  useEffect(() => {
    if (language && language !== i18n.locale) void chooseLocale(language);
  }, [language, i18n]);
}
