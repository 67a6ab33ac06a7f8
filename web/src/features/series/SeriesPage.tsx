import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Group } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useNow } from "@/lib/time/useNow";
import { BackLink } from "@/ui/BackLink";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { Page } from "@/ui/Page";
import { CancelSeriesButton } from "@/ui/series/CancelSeriesButton";
import { useSeries } from "./api/readSeries";
import { ChangeButton } from "./ChangeButton";
import { isChangeable } from "./occurrences";
import { Missed } from "./Missed";
import { OccurrenceList } from "./OccurrenceList";
import { RuleCard } from "./RuleCard";

type Series = components["schemas"]["SeriesDetail"];

const route = getRouteApi("/signed-in/series/$seriesId");

export function SeriesPage() {
  const { t } = useLingui();
  const { seriesId } = route.useParams();
  const series = useSeries(seriesId);
  const back = (
    <BackLink to="/reservations" search={{ view: "series" }}>
      <Trans>My reservations</Trans>
    </BackLink>
  );
  if (!series.data)
    return (
      <Page title={t`Series ${seriesId}`} above={back}>
        {series.isPending && <ListSkeleton rows={2} height={140} />}
        {series.isError && <ProblemAlert error={series.error} onRetry={() => void series.refetch()} />}
      </Page>
    );
  const one = series.data;
  return (
    <Page title={one.title || one.resources.map((each) => each.name).join(", ")} above={back} actions={<Deeds series={one} />}>
      <RuleCard series={one} />
      <OccurrenceList series={one} />
      <Missed series={one} />
    </Page>
  );
}

/** What can be done with all of it: nothing more once all has begun. */
function Deeds({ series }: { series: Series }) {
  const { t } = useLingui();
  const now = useNow();
  const next = series.occurrences.find((one) => isChangeable(series, one, now));
  if (!next) return null;
  return (
    <Group gap="sm">
      <ChangeButton key={`change ${next.reservation_id}`} series={series} occurrence={next} scope="all" aria-label={t`Change the series`}>
        <Trans>Change</Trans>
      </ChangeButton>
      <CancelSeriesButton key={`cancel ${next.reservation_id}`} seriesId={series.id} reservationId={next.reservation_id} scope="all" aria-label={t`Cancel the series`}>
        <Trans>Cancel</Trans>
      </CancelSeriesButton>
    </Group>
  );
}
