import { Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Badge, Group, Paper, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Icon, type IconName } from "@/ui/Icon";
import type { Place } from "@/ui/waitlist/wait";
import { PlaceFacts, useWhatWords } from "./PlaceFacts";

type Ended = Exclude<Place["state"], "waiting" | "offered">;

/** A place that is over: what was waited for, and what became of it. */
export function OverCard({ place: one }: { place: Place }) {
  const what = useWhatWords(one);
  return (
    <Paper p="md" withBorder component="article" aria-labelledby={`place-${one.id}`}>
      <Group justify="space-between" align="flex-start" gap="xs">
        <Stack gap={4} miw={0}>
          <Text fw={600} id={`place-${one.id}`} component="h2" m={0}>
            {one.title || what}
          </Text>
          <PlaceFacts place={one} withoutWhat={!one.title} />
          {one.reservation_id !== null && (
            <Anchor w="fit-content" renderRoot={(props) => <Link to="/reservations/$reservationId" params={{ reservationId: one.reservation_id! }} {...props} />}>
              <Trans>See the reservation</Trans>
            </Anchor>
          )}
        </Stack>
        <How state={one.state as Ended} />
      </Group>
    </Paper>
  );
}

function How({ state }: { state: Ended }) {
  const { t } = useLingui();
  const looks: Record<Ended, { color: string; icon: IconName; words: string }> = {
    accepted: { color: "green", icon: "check", words: t`Accepted` },
    declined: { color: "gray", icon: "cross", words: t`Declined` },
    lapsed: { color: "orange", icon: "clock", words: t`Not answered in time` },
    left: { color: "gray", icon: "cross", words: t`Left` },
    expired: { color: "gray", icon: "hourglass", words: t`Nothing became free` },
  };
  const { color, icon, words } = looks[state];
  return (
    <Badge color={color} variant="light" size="lg" flex="none" tt="none" fw={600} leftSection={<Icon name={icon} size={14} />}>
      {words}
    </Badge>
  );
}
