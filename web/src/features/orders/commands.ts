import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Command } from "@/lib/commands/registry";

/** Answer what the command palette offers about orders. */
export function useOrderCommands(): readonly Command[] {
  const { t } = useLingui();
  const navigate = useNavigate();
  return useMemo(
    () => [{ id: "orders", label: t`My tickets`, keywords: [t`Orders`, t`Tickets`], run: () => void navigate({ to: "/orders" }) }],
    [t, navigate],
  );
}
