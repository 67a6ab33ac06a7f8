import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Badge, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useLocale } from "@/lib/i18n/useLocale";
import { lengthWords } from "@/lib/time/format";
import { useViewerZone } from "@/lib/time/ViewerZone";
import { Icon } from "@/ui/Icon";
import { InstantWords } from "@/ui/InstantWords";
import { TimeRange } from "@/ui/TimeRange";
import { useSites } from "./api/listSites";
import { Results } from "./Results";
import { SearchButtons } from "./SearchButtons";

export type Search = components["schemas"]["SearchShown"];

const MINUTE_MS = 60_000;

/** A saved search: what it is for, whether one is told, what is free now, and what can be done with it. */
export function SearchCard({ search: one }: { search: Search }) {
  const zone = useViewerZone();
  const locale = useLocale();
  const isLive = one.state === "live";
  const length = one.minutes && lengthWords(new Date(0), new Date(one.minutes * MINUTE_MS), locale);
  return (
    <Paper p="lg" withBorder component="article" aria-labelledby={`search-${one.id}`}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="xs">
          <Title order={2} id={`search-${one.id}`} style={{ overflowWrap: "anywhere" }}>
            {one.name}
          </Title>
          <Told search={one} />
        </Group>
        <Wanted any_of={one.any_of} />
        <Stack gap={0}>
          <TimeRange start={one.start} end={one.end} zone={one.timezone ?? zone} />
          {length && (
            <Text size="sm" c="dimmed">
              <Trans>{length} within this time</Trans>
            </Text>
          )}
        </Stack>
        {isLive && <Results search={one} />}
        {isLive && one.told_at && (
          <Text size="sm" c="dimmed">
            <Trans>
              You were last told <InstantWords at={one.told_at} />.
            </Trans>
          </Text>
        )}
        <SearchButtons search={one} />
      </Stack>
    </Paper>
  );
}

function Told({ search: one }: { search: Search }) {
  const { t } = useLingui();
  const [color, icon, words] =
    one.state === "over"
      ? (["gray", "clock", t`Its time has passed`] as const)
      : one.notify
        ? (["green", "bell", t`You will be told`] as const)
        : (["gray", "bell", t`Paused`] as const);
  return (
    <Badge variant="light" color={color} tt="none" size="lg" leftSection={<Icon name={icon} size={14} />}>
      {words}
    </Badge>
  );
}

/** What a resource has to be like. */
function Wanted({ any_of: wish }: { any_of: Search["any_of"] }) {
  const { t } = useLingui();
  const sites = useSites().data?.items ?? [];
  const site = sites.find((one) => one.id === wish.site_id)?.name;
  const capacity = wish.capacity_min;
  const said = [
    wish.text && `“${wish.text}”`,
    wish.kind,
    ...wish.tags,
    wish.site_id !== null && (site ?? t`One place`),
    capacity !== null && t`${capacity} people`,
  ].filter((word): word is string => Boolean(word));
  return (
    <Group gap={6}>
      {(said.length > 0 ? said : [t`Anything`]).map((word) => (
        <Badge key={word} variant="outline" color="gray" tt="none">
          {word}
        </Badge>
      ))}
    </Group>
  );
}
