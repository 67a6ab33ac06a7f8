import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Command } from "@/lib/commands/registry";

/** Answer what the command palette offers about what is on. */
export function usePerformanceCommands(): readonly Command[] {
  const { t } = useLingui();
  const navigate = useNavigate();
  return useMemo(
    () => [{ id: "whats-on", label: t`What's on`, keywords: [t`Tickets`, t`Seats`], run: () => void navigate({ to: "/whats-on" }) }],
    [t, navigate],
  );
}
