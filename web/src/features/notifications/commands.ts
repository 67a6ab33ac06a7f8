import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Command } from "@/lib/commands/registry";

/** Answer what the command palette offers about notifications. */
export function useNotificationCommands(): readonly Command[] {
  const { t } = useLingui();
  const navigate = useNavigate();
  return useMemo(
    () => [
      { id: "notifications", label: t`Notifications`, keywords: [t`Unread`], run: () => void navigate({ to: "/notifications" }) },
      {
        id: "notification-preferences",
        label: t`What I am told of`,
        keywords: [t`E-mail`, t`Reminders`],
        run: () => void navigate({ to: "/notifications/preferences" }),
      },
    ],
    [t, navigate],
  );
}
