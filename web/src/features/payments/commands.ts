import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Command } from "@/lib/commands/registry";

/** Answer what the command palette offers about payments. */
export function usePaymentCommands(): readonly Command[] {
  const { t } = useLingui();
  const navigate = useNavigate();
  return useMemo(
    () => [{ id: "payments", label: t`My payments`, keywords: [t`Receipts`, t`Price`], run: () => void navigate({ to: "/payments" }) }],
    [t, navigate],
  );
}
