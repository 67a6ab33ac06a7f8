import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Command } from "@/lib/commands/registry";

/** Answer what the command palette offers about approvals. */
export function useApprovalCommands(): readonly Command[] {
  const { t } = useLingui();
  const navigate = useNavigate();
  return useMemo(
    () => [
      { id: "approvals", label: t`Approvals`, keywords: [t`Approve`, t`Reject`, t`Decide`], run: () => void navigate({ to: "/approvals" }) },
    ],
    [t, navigate],
  );
}
