import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Command } from "@/lib/commands/registry";

/** Answer what the command palette offers about one's reservations. */
export function useReservationCommands(): readonly Command[] {
  const { t } = useLingui();
  const navigate = useNavigate();
  return useMemo(
    () => [
      { id: "reservations", label: t`My reservations`, run: () => void navigate({ to: "/reservations" }) },
      {
        id: "reservations-past",
        label: t`Past reservations`,
        run: () => void navigate({ to: "/reservations", search: { view: "past" } }),
      },
      { id: "series", label: t`My series`, keywords: [t`Repeat`], run: () => void navigate({ to: "/reservations", search: { view: "series" } }) },
    ],
    [t, navigate],
  );
}
