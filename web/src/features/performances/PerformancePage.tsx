import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Grid, Paper, Stack, Text } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { api } from "@/lib/api/client";
import type { SeatMap } from "@/ui/seats/geometry/places";
import { BackLink } from "@/ui/BackLink";
import { Fact } from "@/ui/Fact";
import { Icon } from "@/ui/Icon";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { Page } from "@/ui/Page";
import { TimeRange } from "@/ui/TimeRange";
import { usePerformance } from "./api/readPerformance";
import { useVenue } from "./api/readVenue";
import { Room } from "./room/Room";
import { Sale } from "./sale/Sale";
import { SaleBadge } from "./WhatsOnPage";

type Performance = components["schemas"]["PerformanceShown"];

const route = getRouteApi("/signed-in/performances/$performanceId");

export function PerformancePage() {
  const { t } = useLingui();
  const { performanceId } = route.useParams();
  const performance = usePerformance(performanceId);
  const one = performance.data;
  return (
    <Page
      title={one?.name ?? t`Performance ${performanceId}`}
      width="wide"
      above={
        <BackLink to="/whats-on">
          <Trans>What's on</Trans>
        </BackLink>
      }
      actions={one && <SaleBadge performance={one} />}
    >
      {performance.isPending && <ListSkeleton rows={1} height={480} />}
      {performance.isError && <ProblemAlert error={performance.error} onRetry={() => void performance.refetch()} />}
      {one && (
        <>
          <Facts performance={one} />
          {hasRoom(one) ? (
            <Room key={one.id} id={one.id}>
              <Seats performance={one} />
            </Room>
          ) : (
            <Seats key={one.id} performance={one} />
          )}
        </>
      )}
    </Page>
  );
}

/** Tell whether one has to be admitted: nobody waits for what is sold no more. */
function hasRoom(one: Performance): boolean {
  return one.admitted_max !== null && one.state !== "cancelled" && new Date(one.sales_end).getTime() > Date.now();
}

function Facts({ performance: one }: { performance: Performance }) {
  const { t } = useLingui();
  const venue = useVenue(one.venue_id).data?.name;
  return (
    <Stack gap="sm">
      {one.cancel_reason && (
        <Alert color="red" variant="light" icon={<Icon name="warning" />} title={t`This does not take place`}>
          <Text c="var(--mantine-color-text)">{one.cancel_reason}</Text>
        </Alert>
      )}
      <Paper p="md" withBorder>
        <Grid gap="md">
          <Grid.Col span={{ base: 12, sm: 6 }}>
            <Fact name={t`When`}>
              <TimeRange start={one.start} end={one.end} zone={one.timezone} />
            </Fact>
          </Grid.Col>
          <Grid.Col span={{ base: 12, sm: 6 }}>{venue && <Fact name={t`Where`}>{venue}</Fact>}</Grid.Col>
          {one.description && (
            <Grid.Col span={12}>
              <Text style={{ whiteSpace: "pre-line" }}>{one.description}</Text>
            </Grid.Col>
          )}
        </Grid>
      </Paper>
    </Stack>
  );
}

function Seats({ performance }: { performance: Performance }) {
  const params = { path: { performance_id: performance.id } };
  const map = api.useQuery("get", "/api/v1/performances/{performance_id}/map", { params }, { staleTime: 300_000 });
  if (map.isError) return <ProblemAlert error={map.error} onRetry={() => void map.refetch()} />;
  if (!map.data) return <ListSkeleton rows={1} height={480} />;
  // The client takes a pair of numbers for a list of any length.
  return <Sale performance={performance} map={map.data as SeatMap} />;
}
