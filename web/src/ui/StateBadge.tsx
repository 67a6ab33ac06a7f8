import type { components } from "@generated/schema";
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react";
import { Badge } from "@mantine/core";
import { Icon, type IconName } from "./Icon";

export type ReservationState = components["schemas"]["ReservationShown"]["state"];

const LOOKS: Record<ReservationState, { color: string; icon: IconName; label: MessageDescriptor }> = {
  held: { color: "yellow", icon: "hourglass", label: msg`Held` },
  pending: { color: "yellow", icon: "hourglass", label: msg`Waiting` },
  ready: { color: "green", icon: "check", label: msg`Ready` },
  in_use: { color: "harbour", icon: "play", label: msg`In use` },
  finished: { color: "gray", icon: "check", label: msg`Finished` },
  cancelled: { color: "red", icon: "cross", label: msg`Cancelled` },
  expired: { color: "gray", icon: "clock", label: msg`Expired` },
  no_show: { color: "orange", icon: "warning", label: msg`Nobody came` },
};

/** The state of a reservation: by a word, a sign and a colour, so that none of them is needed alone. */
export function StateBadge({ state }: { state: ReservationState }) {
  const { _ } = useLingui();
  const look = LOOKS[state];
  return (
    <Badge color={look.color} variant="light" size="lg" flex="none" tt="none" fw={600} leftSection={<Icon name={look.icon} size={14} />}>
      {_(look.label)}
    </Badge>
  );
}
