import { Trans, useLingui } from "@lingui/react/macro";
import { Badge, Button, Group, Paper, SimpleGrid, Stack, Text } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useReserve } from "@/ui/reserve/useReserve";
import { Icon } from "@/ui/Icon";
import { TimeRange } from "@/ui/TimeRange";
import type { Found } from "./useFound";

const route = getRouteApi("/signed-in/find");
const HALF_HOUR_MS = 1_800_000;
const HOUR_MS = 3_600_000;

/** What was found, each with the way to reserve it: when it is free, or in the window asked for, else from now on. */
export function ResourceList({ found }: { found: readonly Found[] }) {
  const { from, until } = route.useSearch();
  const reserve = useReserve();
  const open = (one: Found) => {
    if (one.free) return reserve.open({ resources: [one], start: new Date(one.free.start), end: new Date(one.free.end) });
    const start = from ? Date.parse(from) : Math.ceil(Date.now() / HALF_HOUR_MS) * HALF_HOUR_MS;
    reserve.open({ resources: [one], start: new Date(start), end: new Date(until ? Date.parse(until) : start + HOUR_MS) });
  };
  return (
    <>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        {found.map((one) => (
          <Card key={one.id} one={one} onReserve={() => open(one)} />
        ))}
      </SimpleGrid>
      {reserve.dialog}
    </>
  );
}

function Card({ one, onReserve }: { one: Found; onReserve: () => void }) {
  const { t } = useLingui();
  const { name, capacity } = one;
  return (
    <Paper p="md" withBorder component="article">
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
        <Stack gap={6} miw={0}>
          <Text component="h2" fw={600} m={0}>
            {name}
          </Text>
          <Group gap={6} c="dimmed" wrap="nowrap" align="flex-start">
            <Icon name="pin" size={16} />
            <Text size="sm">{one.site_path.join(" › ") || t`In no particular place`}</Text>
          </Group>
          {one.free && <TimeRange start={one.free.start} end={one.free.end} zone={one.timezone} />}
          <Group gap={6}>
            <Badge variant="light" color="gray" tt="none">
              {one.kind}
            </Badge>
            {capacity !== null && (
              <Badge variant="light" color="gray" tt="none" leftSection={<Icon name="person" size={12} />}>
                {t`${capacity} people`}
              </Badge>
            )}
            {one.tags.map((tag) => (
              <Badge key={tag} variant="outline" color="gray" tt="none">
                {tag}
              </Badge>
            ))}
          </Group>
        </Stack>
        <Button flex="none" aria-label={t`Reserve ${name}`} onClick={onReserve}>
          <Trans>Reserve</Trans>
        </Button>
      </Group>
    </Paper>
  );
}
