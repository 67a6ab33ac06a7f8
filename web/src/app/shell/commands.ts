import { useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import type { Command } from "@/lib/commands/registry";
import { useInstall } from "@/lib/offline/install";
import { showShortcuts } from "./askShortcuts";

/** Answer what the command palette offers about the app itself. */
export function useAppCommands(): readonly Command[] {
  const { t } = useLingui();
  const install = useInstall();
  return useMemo(
    () => [
      { id: "shortcuts", label: t`Keyboard shortcuts`, keywords: [t`Help`], run: showShortcuts },
      ...(install ? [{ id: "install", label: t`Install Berth on this device`, run: install }] : []),
    ],
    [t, install],
  );
}
