import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Command } from "@/lib/commands/registry";

/** Answer what the command palette offers about the waitlist. */
export function useWaitlistCommands(): readonly Command[] {
  const { t } = useLingui();
  const navigate = useNavigate();
  return useMemo(
    () => [{ id: "waitlist", label: t`Waitlist`, keywords: [t`Wait`, t`Offer`, t`In line`], run: () => void navigate({ to: "/waitlist" }) }],
    [t, navigate],
  );
}
