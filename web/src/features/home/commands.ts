import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Command } from "@/lib/commands/registry";
import { useViewerZone } from "@/lib/time/ViewerZone";
import { isWish, wishAt } from "@/lib/wish/parse";
import { MINUTES_UNSAID } from "@/lib/wish/window";
import { useWishWords } from "./wishWords";

/** Answer what the command palette always offers of the start. */
export function useHomeCommands(): readonly Command[] {
  const { t } = useLingui();
  const navigate = useNavigate();
  return useMemo(
    () => [{ id: "home", label: t`Home`, keywords: [t`Now and next`, t`Quick reserve`], run: () => void navigate({ to: "/" }) }],
    [t, navigate],
  );
}

/** Answer what the command palette offers to somebody who typed a wish: to reserve that. */
export function useWishCommands(typed: string): readonly Command[] {
  const { t } = useLingui();
  const navigate = useNavigate();
  const zone = useViewerZone();
  const words = useWishWords();
  const wish = wishAt(typed, new Date(), zone);
  if (!isWish(wish)) return [];
  const understood = words(wish, wish.minutes ?? MINUTES_UNSAID).map((one) => one.words).join(", ");
  return [
    { id: "wish", label: t`Reserve: ${understood}`, keywords: [typed], run: () => void navigate({ to: "/", search: { wish: typed } }) },
  ];
}
