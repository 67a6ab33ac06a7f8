import { useLingui } from "@lingui/react/macro";
import { useMantineColorScheme } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { signOut } from "@/lib/api/session";
import type { Command } from "@/lib/commands/registry";

/** Answer what the command palette offers about oneself. */
export function useAccountCommands(): readonly Command[] {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  return useMemo(
    () => [
      { id: "profile", label: t`Profile`, keywords: [t`Language`, t`Time zone`, t`Password`], run: () => void navigate({ to: "/profile" }) },
      { id: "dark", label: t`Dark colours`, run: () => setColorScheme("dark") },
      { id: "light", label: t`Light colours`, run: () => setColorScheme("light") },
      { id: "sign-out", label: t`Sign out`, run: () => void signOut() },
    ],
    [t, navigate, setColorScheme],
  );
}
