import { Trans } from "@lingui/react/macro";
import { Stack, Text } from "@mantine/core";
import { useLocale } from "@/lib/i18n/useLocale";
import { rangeWords, sameClocks, zoneWords } from "@/lib/time/format";
import { useViewerZone } from "@/lib/time/ViewerZone";

interface Props {
  /** Instants as the API writes them. */
  start: string;
  end: string;
  /** The zone of the resource; its clocks are those that count. */
  zone: string;
}

/** A stretch of time as the resource's clocks show it; where the viewer's differ, theirs stand below. */
export function TimeRange({ start, end, zone }: Props) {
  const locale = useLocale();
  const viewer = useViewerZone();
  const [from, until] = [new Date(start), new Date(end)];
  const here = rangeWords(from, until, zone, locale);
  const differs = !sameClocks(from, until, zone, viewer);
  const theirs = rangeWords(from, until, viewer, locale);
  const [place, viewerPlace] = [zoneWords(zone), zoneWords(viewer)];
  return (
    <Stack gap={0}>
      <Text>
        {here.date}, {here.time} {differs && <Trans>({place} time)</Trans>}
      </Text>
      {differs && (
        <Text size="sm" c="dimmed">
          <Trans>
            For you in {viewerPlace}: {theirs.date === here.date ? theirs.time : `${theirs.date}, ${theirs.time}`}
          </Trans>
        </Text>
      )}
    </Stack>
  );
}
