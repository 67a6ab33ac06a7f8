import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import type { SeatMap } from "@/ui/seats/geometry/places";
import { BackLink } from "@/ui/BackLink";
import { ConfirmButton } from "@/ui/form/ConfirmButton";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { Page } from "@/ui/Page";
import { TimeRange } from "@/ui/TimeRange";
import { useCancelPerformance } from "./api/cancelPerformance";
import { usePerformance, usePerformanceMap, useSeats } from "./api/readPerformance";
import { Blocking } from "./Blocking";
import { PerformanceDrawer } from "./PerformanceDrawer";
import { StateWords } from "./PerformancesPage";

type Performance = components["schemas"]["PerformanceShown"];

const route = getRouteApi("/signed-in/administration/performances/$performanceId");

export function PerformancePage() {
  const { t } = useLingui();
  const { performanceId } = route.useParams();
  const performance = usePerformance(performanceId);
  const one = performance.data;
  const back = <BackLink to="/administration/performances">{t`Performances`}</BackLink>;
  return (
    <Page title={one?.name ?? t`Performance ${performanceId}`} width="wide" above={back} actions={one && one.state !== "cancelled" && <Actions performance={one} />}>
      {performance.isPending && <ListSkeleton rows={2} height={160} />}
      {performance.isError && <ProblemAlert error={performance.error} onRetry={() => void performance.refetch()} />}
      {one && <Facts performance={one} />}
      {one && one.state !== "cancelled" && <Seats id={one.id} />}
    </Page>
  );
}

function Facts({ performance: one }: { performance: Performance }) {
  const { free, held, sold, blocked } = one;
  return (
    <Stack gap={4}>
      <TimeRange start={one.start} end={one.end} zone={one.timezone} />
      <Text c="dimmed">
        <StateWords performance={one} /> · <Trans>free: {free}, held: {held}, sold: {sold}, not for sale: {blocked}</Trans>
      </Text>
      {one.cancel_reason && <Alert color="red">{one.cancel_reason}</Alert>}
    </Stack>
  );
}

function Seats({ id }: { id: number }) {
  const map = usePerformanceMap(id);
  const seats = useSeats(id);
  const refused = map.error ?? seats.error;
  if (refused) return <ProblemAlert error={refused} onRetry={() => void Promise.all([map.refetch(), seats.refetch()])} />;
  if (!map.data || !seats.data) return <ListSkeleton rows={1} height={480} />;
  // The client takes a pair of numbers for a list of any length.
  return <Blocking id={id} map={map.data as SeatMap} states={seats.data.states} />;
}

function Actions({ performance }: { performance: Performance }) {
  const { t } = useLingui();
  const cancelling = useCancelPerformance();
  const [changing, { open, close }] = useDisclosure();
  const [reason, setReason] = useState("");
  const cancel = () => cancelling.mutateAsync({ params: { path: { performance_id: performance.id } }, body: { reason: reason.trim() } });
  return (
    <Group gap="xs">
      <Button variant="default" renderRoot={(props) => <Link {...props} to="/performances/$performanceId" params={{ performanceId: performance.id }} />}>
        <Trans>See it as others do</Trans>
      </Button>
      <Button variant="default" renderRoot={(props) => <Link {...props} to="/administration/performances/$performanceId/door" params={{ performanceId: performance.id }} />}>
        <Trans>Open the door</Trans>
      </Button>
      <Button variant="default" onClick={open}>
        <Trans>Change</Trans>
      </Button>
      <ConfirmButton
        question={t`Cancel ${performance.name}?`}
        consequence={<Trans>All orders are cancelled, and what was paid is returned whole. It cannot be undone.</Trans>}
        deed={t`Cancel the performance`}
        busy={cancelling.isPending}
        onConfirm={cancel}
        more={
          <>
            <TextInput label={t`Reason`} description={t`Everybody who bought seats reads it.`} maxLength={100} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
            {cancelling.isError && <ProblemAlert error={cancelling.error} />}
          </>
        }
      >
        <Trans>Cancel</Trans>
      </ConfirmButton>
      {changing && <PerformanceDrawer performance={performance} onClose={close} />}
    </Group>
  );
}
