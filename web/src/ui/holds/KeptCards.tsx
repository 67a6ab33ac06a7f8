import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useNow } from "@/lib/time/useNow";
import { Countdown } from "../Countdown";
import { Icon } from "../Icon";
import { tellDone, tellProblem } from "../notice/toast";
import { useReserve } from "../reserve/useReserve";
import type { Wish } from "../reserve/wish";
import { TimeRange } from "../TimeRange";
import { useReleaseHold } from "./api/releaseHold";
import { type Kept, keptOf, remembered } from "./kept";

interface Props {
  holds: readonly components["schemas"]["HoldShown"][];
  /** When they were read (ms). */
  readAt: number;
}

/** What is kept, each to be reserved or given back; what ran out while it was looked at stays until it is put away. */
export default function KeptCards({ holds, readAt }: Props) {
  const { t } = useLingui();
  const reserve = useReserve();
  const now = useNow(1000);
  const [state, setState] = useState<{ readAt: number; known: readonly Kept[] }>({ readAt: 0, known: [] });
  if (state.readAt !== readAt) setState({ readAt, known: remembered(state.known, holds.map((one) => keptOf(one, readAt)), now) });
  const forget = (id: number) => setState({ ...state, known: state.known.filter((one) => one.id !== id) });
  const again = (one: Kept) => {
    forget(one.id);
    reserve.open({ resources: one.resources, start: one.start, end: one.end });
  };
  const reserveIt = (kept: Kept): Wish => ({ resources: kept.resources, start: kept.start, end: kept.end, kept });
  return (
    <>
      {state.known.length > 0 && (
        <Stack gap="xs" component="section" aria-label={t`Kept for you`}>
          <Title order={2}>{t`Kept for you`}</Title>
          {state.known.map((one) =>
            one.until > now ? (
              <KeptCard key={one.id} kept={one} onReserve={() => reserve.open(reserveIt(one))} onGone={() => forget(one.id)} />
            ) : (
              <RanOutCard key={one.id} kept={one} onAgain={() => again(one)} onForget={() => forget(one.id)} />
            ),
          )}
        </Stack>
      )}
      {reserve.dialog}
    </>
  );
}

function KeptCard({ kept, onReserve, onGone }: { kept: Kept; onReserve: () => void; onGone: () => void }) {
  const { t } = useLingui();
  const releasing = useReleaseHold();
  const giveBack = () =>
    releasing.mutate(
      { params: { path: { hold_id: kept.id } } },
      {
        onSuccess: () => {
          onGone();
          tellDone(t`It is given back.`);
        },
        onError: tellProblem,
      },
    );
  return (
    <Paper p="md" withBorder component="article" aria-label={namesOf(kept)}>
      <Group justify="space-between" gap="sm">
        <div>
          <What kept={kept} />
          <Group gap={6} c="dimmed" wrap="nowrap">
            <Icon name="hourglass" size={16} />
            <Text size="sm">
              <Countdown until={kept.until} />
            </Text>
          </Group>
        </div>
        <Group gap="sm">
          <Button onClick={onReserve}>
            <Trans>Reserve</Trans>
          </Button>
          <Button variant="default" loading={releasing.isPending} onClick={giveBack}>
            <Trans>Give back</Trans>
          </Button>
        </Group>
      </Group>
    </Paper>
  );
}

function RanOutCard({ kept, onAgain, onForget }: { kept: Kept; onAgain: () => void; onForget: () => void }) {
  return (
    <Paper p="md" withBorder component="article" aria-label={namesOf(kept)}>
      <Group justify="space-between" gap="sm">
        <div>
          <What kept={kept} />
          <Text size="sm" role="status">
            <Trans>The time ran out: it is not kept for you any more.</Trans>
          </Text>
        </div>
        <Group gap="sm">
          <Button onClick={onAgain}>
            <Trans>Try again</Trans>
          </Button>
          <Button variant="default" onClick={onForget}>
            <Trans>Forget it</Trans>
          </Button>
        </Group>
      </Group>
    </Paper>
  );
}

function What({ kept }: { kept: Kept }) {
  return (
    <>
      <Text fw={600}>{namesOf(kept)}</Text>
      <TimeRange start={kept.start.toISOString()} end={kept.end.toISOString()} zone={kept.resources[0]?.timezone ?? "UTC"} />
    </>
  );
}

function namesOf({ resources }: Kept): string {
  return resources.map((one) => one.name).join(", ");
}
