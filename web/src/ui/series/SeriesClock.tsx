import type { components } from "@generated/schema";
import { Trans } from "@lingui/react/macro";
import { Text } from "@mantine/core";
import { useLocale } from "@/lib/i18n/useLocale";
import { lengthWords, zoneWords } from "@/lib/time/format";
import { useViewerZone } from "@/lib/time/ViewerZone";

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;

/** The time of day on the resource's clocks; a move by days is told apart, because the rule's days are others then. */
export function SeriesClock({ series }: { series: components["schemas"]["SeriesShown"] }) {
  const locale = useLocale();
  const viewer = useViewerZone();
  const place = zoneWords(series.timezone);
  const begins = new Date(Date.parse(`${series.starts}Z`) + series.shift_minutes * MINUTE_MS);
  const ends = new Date(begins.getTime() + series.minutes * MINUTE_MS);
  const time = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: "UTC" });
  const days = Math.floor((minutesOfDay(series.starts) + series.shift_minutes) / DAY_MINUTES);
  const shift = new Intl.NumberFormat(locale, { style: "unit", unit: "day", unitDisplay: "long" }).format(Math.abs(days));
  return (
    <>
      <Text>
        {time.format(begins)} – {time.format(ends)} {viewer !== series.timezone && <Trans>({place} time)</Trans>}
      </Text>
      <Text size="sm" c="dimmed">
        {lengthWords(begins, ends, locale)}
      </Text>
      {days > 0 && (
        <Text size="sm" c="dimmed">
          <Trans>Moved: {shift} later than these days</Trans>
        </Text>
      )}
      {days < 0 && (
        <Text size="sm" c="dimmed">
          <Trans>Moved: {shift} earlier than these days</Trans>
        </Text>
      )}
    </>
  );
}

function minutesOfDay(local: string): number {
  return Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16));
}
