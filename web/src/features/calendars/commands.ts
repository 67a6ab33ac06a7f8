import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Command } from "@/lib/commands/registry";

/** Answer what the command palette offers about calendars of other programs. */
export function useCalendarCommands(): readonly Command[] {
  const { t } = useLingui();
  const navigate = useNavigate();
  return useMemo(
    () => [
      { id: "calendars", label: t`Calendars`, keywords: [t`Subscribe`, "iCal", "ICS"], run: () => void navigate({ to: "/profile/calendars" }) },
      { id: "calendars-programs", label: t`App passwords`, keywords: ["CalDAV", t`Calendars`], run: () => void navigate({ to: "/profile/calendars", search: { part: "programs" } }) },
      { id: "calendars-outside", label: t`Calendars from outside`, keywords: [t`Busy`], run: () => void navigate({ to: "/profile/calendars", search: { part: "outside" } }) },
    ],
    [t, navigate],
  );
}
