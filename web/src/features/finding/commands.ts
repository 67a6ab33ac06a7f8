import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Command } from "@/lib/commands/registry";

/** Answer what the command palette offers about finding something to reserve. */
export function useFindCommands(): readonly Command[] {
  const { t } = useLingui();
  const navigate = useNavigate();
  return useMemo(
    () => [
      { id: "find", label: t`Find`, keywords: [t`Reserve`], run: () => void navigate({ to: "/find" }) },
      { id: "find-timeline", label: t`Timeline of resources`, run: () => void navigate({ to: "/find", search: { view: "timeline" } }) },
    ],
    [t, navigate],
  );
}
