import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Anchor, Paper, SimpleGrid, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useLocale } from "@/lib/i18n/useLocale";
import { recurrenceWords } from "@/lib/rrule/words";
import { Fact } from "@/ui/Fact";
import { Icon } from "@/ui/Icon";
import { ResourceLinks } from "@/ui/ResourceLinks";
import { SeriesClock } from "@/ui/series/SeriesClock";

type Series = components["schemas"]["SeriesDetail"];

/** By which rule it recurs, what is reserved, for whom, and where it goes on. */
export function RuleCard({ series }: { series: Series }) {
  const { t } = useLingui();
  return (
    <Paper p="lg" withBorder>
      <Stack gap="lg">
        {series.state === "cancelled" && (
          <Alert color="red" variant="light" icon={<Icon name="cross" />} title={t`This series was cancelled`}>
            {series.cancel_reason && <Text c="var(--mantine-color-text)">{series.cancel_reason}</Text>}
          </Alert>
        )}
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
          <Fact name={t`Recurs`}>
            <Text>{recurrenceWords(series)}</Text>
            <Besides series={series} />
          </Fact>
          <Fact name={t`When`}>
            <SeriesClock series={series} />
          </Fact>
          <Fact name={t`What`}>
            <ResourceLinks resources={series.resources} />
          </Fact>
          <Fact name={t`For`}>
            <Text>{series.owner.name}</Text>
          </Fact>
          {series.description && (
            <Fact name={t`Description`}>
              <Text style={{ whiteSpace: "pre-line" }}>{series.description}</Text>
            </Fact>
          )}
        </SimpleGrid>
        {series.previous_id !== null && (
          <Anchor w="fit-content" renderRoot={(props) => <Link to="/series/$seriesId" params={{ seriesId: series.previous_id! }} {...props} />}>
            <Trans>It goes on with an earlier series</Trans>
          </Anchor>
        )}
      </Stack>
    </Paper>
  );
}

/** The days that the rule does not give, and those that were taken out of it. */
function Besides({ series }: { series: Series }) {
  const locale = useLocale();
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const days = (names: readonly string[]) => names.map((one) => format.format(new Date(`${one.slice(0, 10)}T00:00:00Z`))).join(", ");
  return (
    <>
      {series.rdates.length > 0 && (
        <Text size="sm" c="dimmed">
          <Trans>Besides on {days(series.rdates)}</Trans>
        </Text>
      )}
      {series.exdates.length > 0 && (
        <Text size="sm" c="dimmed">
          <Trans>Except on {days(series.exdates)}</Trans>
        </Text>
      )}
      {series.skip_holidays && (
        <Text size="sm" c="dimmed">
          <Trans>Not on holidays</Trans>
        </Text>
      )}
    </>
  );
}
