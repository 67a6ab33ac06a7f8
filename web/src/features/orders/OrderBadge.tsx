import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react";
import { Badge } from "@mantine/core";
import { Icon, type IconName } from "@/ui/Icon";

const LOOKS: Record<string, { color: string; icon: IconName; label: MessageDescriptor }> = {
  pending: { color: "orange", icon: "hourglass", label: msg`To be paid` },
  paid: { color: "green", icon: "check", label: msg`Paid` },
  cancelled: { color: "red", icon: "cross", label: msg`Cancelled` },
};

/** The state of an order: by a word, a sign and a colour. */
export function OrderBadge({ state }: { state: string }) {
  const { _ } = useLingui();
  const look = LOOKS[state] ?? LOOKS.pending!;
  return (
    <Badge color={look.color} variant="light" size="lg" tt="none" fw={600} leftSection={<Icon name={look.icon} size={14} />}>
      {_(look.label)}
    </Badge>
  );
}
