import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Paper, SimpleGrid, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useLocale } from "@/lib/i18n/useLocale";
import { distanceWords, lengthWords } from "@/lib/time/format";
import { useNow } from "@/lib/time/useNow";
import { useOwnSeries } from "../useOwnSeries";
import { Fact } from "@/ui/Fact";
import { ResourceLinks } from "@/ui/ResourceLinks";
import { StateBadge } from "@/ui/StateBadge";
import { TimeRange } from "@/ui/TimeRange";
import { CalendarFileButton } from "./CalendarFileButton";

const AHEAD = new Set(["held", "pending", "ready"]);

/** What is reserved, when, for whom, and how it stands. */
export function Facts({ reservation: one }: { reservation: components["schemas"]["ReservationDetail"] }) {
  const { t } = useLingui();
  const locale = useLocale();
  const now = useNow();
  const seriesId = useOwnSeries(one);
  const [start, end] = [new Date(one.start), new Date(one.end)];
  return (
    <Paper p="lg" withBorder>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        <Fact name={t`State`}>
          <StateBadge state={one.state} />
          {one.cancel_reason && <Text size="sm">{one.cancel_reason}</Text>}
        </Fact>
        <Fact name={t`When`}>
          <TimeRange start={one.start} end={one.end} zone={one.resources[0]?.timezone ?? "UTC"} />
          <Text size="sm" c="dimmed">
            {lengthWords(start, end, locale)}
            {AHEAD.has(one.state) && start > now && ` · ${distanceWords(start, now, locale)}`}
          </Text>
          <CalendarFileButton reservation={one} />
        </Fact>
        <Fact name={t`What`}>
          <ResourceLinks resources={one.resources} />
        </Fact>
        <Fact name={t`For`}>
          <Text>{one.owner.name}</Text>
        </Fact>
        {seriesId !== null && (
          <Fact name={t`Series`}>
            <Anchor renderRoot={(props) => <Link to="/series/$seriesId" params={{ seriesId }} {...props} />}>
              <Trans>It belongs to a series</Trans>
            </Anchor>
          </Fact>
        )}
        {one.description && (
          <Fact name={t`Description`}>
            <Text style={{ whiteSpace: "pre-line" }}>{one.description}</Text>
          </Fact>
        )}
      </SimpleGrid>
    </Paper>
  );
}
