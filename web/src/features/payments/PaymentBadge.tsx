import type { components } from "@generated/schema";
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react";
import { Badge } from "@mantine/core";
import { Icon, type IconName } from "@/ui/Icon";

export type PaymentState = components["schemas"]["PaymentShown"]["state"];

const LOOKS: Record<PaymentState, { color: string; icon: IconName; label: MessageDescriptor }> = {
  opening: { color: "gray", icon: "hourglass", label: msg`Being prepared` },
  awaiting: { color: "orange", icon: "warning", label: msg`To be paid` },
  authorised: { color: "green", icon: "check", label: msg`Secured` },
  taken: { color: "green", icon: "check", label: msg`Paid` },
  part_returned: { color: "harbour", icon: "left", label: msg`Returned in part` },
  returned: { color: "gray", icon: "left", label: msg`Returned` },
  declined: { color: "red", icon: "cross", label: msg`Declined` },
};

/** The state of a payment: by a word, a sign and a colour. */
export function PaymentBadge({ state }: { state: PaymentState }) {
  const { _ } = useLingui();
  const look = LOOKS[state];
  return (
    <Badge color={look.color} variant="light" size="lg" tt="none" fw={600} leftSection={<Icon name={look.icon} size={14} />}>
      {_(look.label)}
    </Badge>
  );
}
