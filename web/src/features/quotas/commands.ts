import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Command } from "@/lib/commands/registry";

/** Answer what the command palette offers about quotas. */
export function useQuotaCommands(): readonly Command[] {
  const { t } = useLingui();
  const navigate = useNavigate();
  return useMemo(
    () => [{ id: "quotas", label: t`My quotas`, keywords: [t`What is left`], run: () => void navigate({ to: "/quotas" }) }],
    [t, navigate],
  );
}
