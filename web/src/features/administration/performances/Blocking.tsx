import { Plural, Trans } from "@lingui/react/macro";
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useMemo, useState } from "react";
import { idAt, placesOf, type SeatMap } from "@/ui/seats/geometry/places";
import { SeatPicker } from "@/ui/seats/SeatPicker";
import { stateAt } from "@/ui/seats/states";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { useBlockSeats } from "./api/blockSeats";

const NONE: ReadonlySet<number> = new Set();

/** Takes seats out of the sale, and puts them back. */
export function Blocking({ id, map, states }: { id: number; map: SeatMap; states: string }) {
  const blocking = useBlockSeats();
  const places = useMemo(() => placesOf(map), [map]);
  const [picked, setPicked] = useState<ReadonlySet<number>>(NONE);
  const pick = (place: number) => {
    const next = new Set(picked);
    if (!next.delete(place)) next.add(place);
    setPicked(next);
  };
  const of = (state: "free" | "blocked") => [...picked].filter((place) => stateAt(states, place) === state).map((place) => idAt(places, place));
  const set = (seats: string[], blocked: boolean) =>
    blocking.mutate({ params: { path: { performance_id: id } }, body: { seats, blocked } }, { onSuccess: () => setPicked(NONE) });
  const [free, blocked] = [of("free"), of("blocked")];
  return (
    <Stack gap="sm" component="section">
      <Title order={2}>
        <Trans>Seats that are not for sale</Trans>
      </Title>
      <Group gap="sm">
        <Text role="status">
          <Plural value={picked.size} _0="Choose seats below" one="# seat chosen" other="# seats chosen" />
        </Text>
        <Button disabled={free.length === 0} loading={blocking.isPending} onClick={() => set(free, true)}>
          <Trans>Take out of the sale</Trans>
        </Button>
        <Button variant="default" disabled={blocked.length === 0} loading={blocking.isPending} onClick={() => set(blocked, false)}>
          <Trans>Put back on sale</Trans>
        </Button>
      </Group>
      {blocking.isError && <ProblemAlert error={blocking.error} />}
      <SeatPicker map={map} states={states} mine={NONE} picked={picked} onPick={pick} anySeat />
    </Stack>
  );
}
