import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Command } from "@/lib/commands/registry";
import { AREAS } from "./areas";

const NOTHING: readonly Command[] = [];

/** Answer what the command palette offers about the administration; to others than administrators, nothing. */
export function useAdministrationCommands(isAdministrator: boolean): readonly Command[] {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  return useMemo(() => {
    if (!isAdministrator) return NOTHING;
    const home = { id: "administration", label: t`Administration`, run: () => void navigate({ to: "/administration" }) };
    const areas = AREAS.map(({ to, label, about }) => ({
      id: to,
      label: i18n._(label),
      description: i18n._(about),
      keywords: [t`Administration`],
      run: () => void navigate({ to }),
    }));
    return [home, ...areas];
  }, [t, i18n, navigate, isAdministrator]);
}
