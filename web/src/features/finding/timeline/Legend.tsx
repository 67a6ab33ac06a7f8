import { Trans } from "@lingui/react/macro";
import { Text } from "@mantine/core";
import type { ReactNode } from "react";

/** Says what each look of a timeline means. */
export function Legend() {
  return (
    <ul className="timeline-legend">
      <Entry kind="own">
        <Trans>Yours</Trans>
      </Entry>
      <Entry kind="pending">
        <Trans>Waiting</Trans>
      </Entry>
      <Entry kind="taken">
        <Trans>Taken</Trans>
      </Entry>
      <Entry kind="blackout">
        <Trans>Blackout</Trans>
      </Entry>
      <Entry kind="closed">
        <Trans>Closed</Trans>
      </Entry>
    </ul>
  );
}

function Entry({ kind, children }: { kind: string; children: ReactNode }) {
  return (
    <li>
      <span className={kind === "closed" ? "timeline-sample timeline-closed" : "timeline-sample timeline-block"} data-kind={kind} aria-hidden />
      <Text span size="sm">
        {children}
      </Text>
    </li>
  );
}
