import type { components } from "@generated/schema";
import { Trans } from "@lingui/react/macro";
import { Grid, Group, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { asProblem } from "@/lib/api/problem";
import { invalidatePaths } from "@/lib/api/queries";
import { idAt, placesById, placesOf, type SeatMap } from "@/ui/seats/geometry/places";
import { SeatPicker } from "@/ui/seats/SeatPicker";
import { Icon } from "@/ui/Icon";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { useHolds } from "../api/listHolds";
import { usePlaceHold } from "../api/placeHold";
import { useHall } from "../live/useHall";
import { AreaForm } from "./AreaForm";
import { BestForm } from "./BestForm";
import { Chosen } from "./Chosen";
import { HeldCard } from "./HeldCard";
import { useRefusalWords } from "./refusalWords";
import { TakenAlert } from "./TakenAlert";

type Wish = components["schemas"]["SeatHoldCreate"];

interface Props {
  performance: components["schemas"]["PerformanceShown"];
  map: SeatMap;
}

/** Chooses seats, holds them and buys what is held. */
export function Sale({ performance, map }: Props) {
  const hall = useHall(performance.id);
  const holds = useHolds(performance.id);
  const placing = usePlaceHold();
  const queries = useQueryClient();
  const places = useMemo(() => placesOf(map), [map]);
  const byId = useMemo(() => placesById(places), [places]);
  const refusal = useRefusalWords({ map, places, byId, seatsPerPerson: performance.seats_per_person });
  const [wanted, setWanted] = useState<ReadonlySet<number>>(new Set());
  const mine = useMemo(() => new Set(hall.mine), [hall.mine]);
  // What others were faster with is chosen no longer; their race is told when it is held.
  const picked = useMemo(() => new Set([...wanted].filter((place) => hall.states[place] === "f")), [wanted, hall.states]);
  const lost = wanted.size - picked.size;
  const prices = useMemo(() => ({ currency: performance.currency, byCategory: performance.prices }), [performance]);
  // Who is not admitted any more sees that by reading anew how it stands: the page then shows the waiting room.
  const onError = (error: unknown) =>
    void (asProblem(error).kind === "waiting-room" ? invalidatePaths(queries, ["/api/v1/performances"]) : hall.read.refetch());
  const hold = (wish: Partial<Wish>) =>
    placing.mutate(
      { body: { performance_id: performance.id, seats: [], areas: {}, ...wish } },
      { onSuccess: () => setWanted(new Set()), onError },
    );
  const pick = (place: number) => {
    const next = new Set(picked);
    if (!next.delete(place)) next.add(place);
    setWanted(next);
    placing.reset();
  };
  if (hall.read.isError && !hall.states) return <ProblemAlert error={hall.read.error} onRetry={() => void hall.read.refetch()} />;
  if (!hall.states && !hall.read.data) return <ListSkeleton rows={1} height={480} />;
  const idsOf = (some: Iterable<number>) => [...some].map((place) => idAt(places, place));
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 8 }}>
        <SeatPicker map={map} states={hall.states} mine={mine} picked={picked} prices={prices} onPick={pick} />
        <Freshness isLive={hall.isLive} />
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 4 }}>
        <Stack gap="md">
          {(holds.data ?? []).map((one) => (
            <HeldCard key={one.id} hold={one} readAt={holds.dataUpdatedAt} />
          ))}
          {placing.isError && (
            <Refused error={placing.error} sentence={refusal(placing.error)} onTake={(ids) => setWanted(new Set(ids.flatMap((id) => byId.get(id) ?? [])))} onReset={placing.reset} />
          )}
          {performance.on_sale && (
            <>
              <Chosen map={map} places={places} picked={picked} prices={prices} lost={lost} isPending={placing.isPending} onHold={() => hold({ seats: idsOf(picked) })} onClear={() => setWanted(new Set())} />
              {places.count > 0 && <BestForm map={map} most={performance.seats_per_person} isPending={placing.isPending} onHold={(best) => hold({ best })} />}
              {map.areas.length > 0 && <AreaForm map={map} areas={hall.areas} prices={prices} isPending={placing.isPending} onHold={(areas) => hold({ areas })} />}
            </>
          )}
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

interface Refusal {
  error: unknown;
  sentence: string;
  onTake: (ids: readonly string[]) => void;
  onReset: () => void;
}

function Refused({ error, sentence, onTake, onReset }: Refusal) {
  const { kind, problem } = asProblem(error);
  if (kind !== "seats-taken") return <ProblemAlert error={error} sentence={sentence} />;
  const alternatives = (problem.alternatives ?? []) as string[][];
  const take = (ids: readonly string[]) => {
    onTake(ids);
    onReset();
  };
  return <TakenAlert sentence={sentence} alternatives={alternatives} onTake={take} />;
}

function Freshness({ isLive }: { isLive: boolean }) {
  return (
    <Group gap={6} mt="xs" c="dimmed">
      <Icon name="pulse" size={16} />
      <Text size="sm">
        {isLive ? <Trans>Shown as it changes</Trans> : <Trans>Looked at every few seconds</Trans>}
      </Text>
    </Group>
  );
}
