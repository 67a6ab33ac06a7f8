import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Command } from "@/lib/commands/registry";

/** Answer what the command palette offers about saved searches. */
export function useSearchesCommands(): readonly Command[] {
  const { t } = useLingui();
  const navigate = useNavigate();
  return useMemo(
    () => [{ id: "searches", label: t`Saved searches`, keywords: [t`Find`, t`Notify`, t`Free`], run: () => void navigate({ to: "/searches" }) }],
    [t, navigate],
  );
}
