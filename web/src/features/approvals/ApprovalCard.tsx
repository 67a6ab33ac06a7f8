import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Badge, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useViewerZone } from "@/lib/time/ViewerZone";
import { Icon } from "@/ui/Icon";
import { InstantWords } from "@/ui/InstantWords";
import { TimeRange } from "@/ui/TimeRange";
import { Around } from "./Around";
import { Decide } from "./Decide";

/** Something that waits for a decision: what, when and for whom, what is around it, and the decision itself. */
export function ApprovalCard({ approval: one }: { approval: components["schemas"]["ApprovalShown"] }) {
  const { t } = useLingui();
  const zone = useViewerZone();
  const places = one.resources.map((each) => each.name).join(", ");
  const owner = one.owner.name;
  return (
    <Paper p="lg" withBorder component="article" aria-labelledby={`approval-${one.id}`}>
      <Stack gap="md">
        <Group justify="space-between" align="flex-start" gap="sm">
          <Stack gap={4} miw={0} style={{ flex: "1 1 16rem" }}>
            <Title order={2} id={`approval-${one.id}`}>
              <Anchor
                inherit
                renderRoot={(props) => (
                  <Link to="/reservations/$reservationId" params={{ reservationId: one.reservation_id }} {...props} />
                )}
              >
                {one.title || places}
              </Anchor>
            </Title>
            <Text>
              {one.title && places !== one.title ? `${places} · ` : ""}
              <Trans>for {owner}</Trans>
            </Text>
            <TimeRange start={one.start} end={one.end} zone={zone} />
          </Stack>
          <Group gap="xs">
            {one.moves && <Sign icon="clock" color="harbour" words={t`To be moved here`} />}
            {one.escalated && <Sign icon="warning" color="orange" words={t`Handed on to you`} />}
          </Group>
        </Group>
        {one.description && <Text style={{ whiteSpace: "pre-line" }}>{one.description}</Text>}
        {one.resources.map((each) => (
          <Around key={each.id} resource={each} approval={one} />
        ))}
        <Text size="sm" c="dimmed">
          <Trans>
            Asked <InstantWords at={one.asked_at} />. To be decided by <InstantWords at={one.until} />.
          </Trans>
        </Text>
        <Decide approval={one} />
      </Stack>
    </Paper>
  );
}

function Sign({ icon, color, words }: { icon: "clock" | "warning"; color: string; words: string }) {
  return (
    <Badge color={color} variant="light" size="lg" tt="none" fw={600} leftSection={<Icon name={icon} size={14} />}>
      {words}
    </Badge>
  );
}
