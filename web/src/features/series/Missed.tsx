import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { List, Stack, Title } from "@mantine/core";
import { useLocale } from "@/lib/i18n/useLocale";

type Series = components["schemas"]["SeriesDetail"];

/** What could not be reserved as time went on; nothing where nothing was missed. */
export function Missed({ series }: { series: Series }) {
  const { t } = useLingui();
  const locale = useLocale();
  if (series.missed.length === 0) return null;
  // The names are times of the wall clock already.
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short", timeZone: "UTC" });
  const why = { busy: t`it was taken`, refused: t`the rules did not allow it` };
  return (
    <Stack gap="sm" component="section" aria-label={t`Missed`}>
      <Title order={2}>
        <Trans>Missed</Trans>
      </Title>
      <List>
        {series.missed.map((one) => (
          <List.Item key={one.occurrence}>
            {format.format(new Date(`${one.occurrence}Z`))}: {why[one.why]}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
