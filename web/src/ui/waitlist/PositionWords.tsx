import { Trans } from "@lingui/react/macro";

/** How far ahead somebody stands in line. */
export function PositionWords({ position }: { position: number | null }) {
  if (position === 1) return <Trans>You are next.</Trans>;
  return <Trans>You are number {position ?? "–"} in line.</Trans>;
}
