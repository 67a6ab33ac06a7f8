import type { components } from "@generated/schema";
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Badge, Flex, Stack, Text } from "@mantine/core";
import { Icon, type IconName } from "@/ui/Icon";
import { RecordTable } from "@/ui/table/RecordTable";
import { TimeRange } from "@/ui/TimeRange";

type Item = components["schemas"]["ClosingItem"];
type Why = NonNullable<Item["why"]>;

const WHY: Record<Why, MessageDescriptor> = {
  "none-like": msg`There is nothing like it.`,
  "none-free": msg`What is like it is taken then.`,
  "none-allowed": msg`The rules of what is like it do not allow it.`,
  "not-held-elsewhere": msg`It is only held for a moment.`,
  "waits-on": msg`Who waits keeps the place in line.`,
  "move-falls-away": msg`The reservation stays where it is.`,
  "in-use": msg`Somebody is there; it is closed behind them.`,
  closed: msg`It is closed already.`,
};

const OUTCOMES: Record<Item["outcome"], { color: string; icon: IconName; label: MessageDescriptor }> = {
  move: { color: "green", icon: "right", label: msg`Moved` },
  cancel: { color: "red", icon: "cross", label: msg`Cancelled` },
  stay: { color: "gray", icon: "check", label: msg`Stays` },
};

/** All that is in the way of a closing, and what becomes of each thing. */
export function ClosingItems({ items, zone }: { items: readonly Item[]; zone: string }) {
  const { t } = useLingui();
  if (items.length === 0)
    return (
      <Text>
        <Trans>Nothing is in the way.</Trans>
      </Text>
    );
  return (
    <RecordTable
      label={t`What is in the way`}
      rows={items}
      rowKey={(one) => `${one.kind} ${one.id}`}
      columns={[
        { key: "what", title: t`What`, cell: (one: Item) => <What item={one} /> },
        { key: "when", title: t`When`, cell: (one: Item) => <TimeRange start={one.start} end={one.end} zone={zone} /> },
        { key: "becomes", title: t`What becomes of it`, cell: (one: Item) => <Becomes item={one} /> },
      ]}
    />
  );
}

function What({ item: { kind, id, title, owner, series_id } }: { item: Item }) {
  const { t } = useLingui();
  const names: Record<Item["kind"], string> = {
    reservation: title || t`Reservation ${id}`,
    hold: t`A hold`,
    offer: t`An offer to who waits`,
    move: t`A move to here: ${title || id}`,
    blackout: t`Closed: ${title}`,
  };
  return (
    <Stack gap={0}>
      <Text fw={600}>{names[kind]}</Text>
      {owner && (
        <Text size="sm" c="dimmed">
          {owner.name}
        </Text>
      )}
      {series_id !== null && (
        <Text size="sm" c="dimmed">
          <Trans>Of a series</Trans>
        </Text>
      )}
    </Stack>
  );
}

function Becomes({ item }: { item: Item }) {
  const { i18n } = useLingui();
  const { color, icon, label } = OUTCOMES[item.outcome];
  const place = item.to?.name;
  return (
    <Flex direction="column" gap={4} align={{ base: "flex-end", sm: "flex-start" }}>
      <Badge color={color} variant="light" size="lg" tt="none" fw={600} leftSection={<Icon name={icon} size={14} />}>
        {i18n._(label)}
      </Badge>
      {place && (
        <Text size="sm">
          <Trans>To {place}</Trans>
        </Text>
      )}
      {item.confirm && (
        <Text size="sm" c="dimmed">
          <Trans>It has to be confirmed there.</Trans>
        </Text>
      )}
      {item.why && (
        <Text size="sm" c="dimmed">
          {i18n._(WHY[item.why])}
        </Text>
      )}
    </Flex>
  );
}
