import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import { tellDone } from "@/ui/notice/toast";
import { Refusal } from "@/ui/reserve/Refusal";
import { spanFields, spanOf, TimeSpanFields } from "@/ui/reserve/TimeSpanFields";
import type { Wish } from "@/ui/reserve/wish";
import { type Scope, ScopeField } from "@/ui/series/ScopeField";
import { useSeriesChange } from "@/ui/series/useSeriesChange";
import { useChangeReservation } from "../api/changeReservation";
import { useOwnSeries } from "../useOwnSeries";

type Reservation = components["schemas"]["ReservationDetail"];

const WAIT_SECONDS = 5;

/** Moves a reservation to another time; one that is taken is told with what is free instead. Of a series, more may be meant. */
export function RescheduleButton({ reservation }: { reservation: Reservation }) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" onClick={open}>
        <Trans>Reschedule</Trans>
      </Button>
      <Modal.Root opened={opened} onClose={close} centered>
        <Modal.Overlay />
        <Modal.Content>
          <Modal.Body p="lg">
            <RescheduleForm reservation={reservation} onClose={close} />
          </Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </>
  );
}

function RescheduleForm({ reservation: one, onClose }: { reservation: Reservation; onClose: () => void }) {
  const zone = one.resources[0]?.timezone ?? "UTC";
  const seriesId = useOwnSeries(one);
  const [scope, setScope] = useState<Scope>("this");
  const [span, setSpan] = useState(() => spanFields(new Date(one.start), new Date(one.end), zone));
  const alone = useMove(one, onClose);
  const series = useSeriesChange(one.resources, onClose);
  const isAlone = seriesId === null || scope === "this";
  const times = spanOf(span, zone);
  const take = (wish: Wish) => {
    setSpan(spanFields(wish.start, wish.end, zone));
    void alone.move(wish);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!times) return;
    if (isAlone) return void alone.move({ resources: one.resources, ...times });
    const moved = { start: times.start.toISOString(), end: times.end.toISOString() };
    void series.send({ seriesId, body: { scope, reservation_id: one.id, conflicts: "fail", ...moved } });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Modal.Title fz="h2" fw={650}>
          <Trans>Reschedule</Trans>
        </Modal.Title>
        <Text>
          <Trans>If the new time cannot be had, the reservation stays as it is.</Trans>
        </Text>
        {isAlone && alone.refused && <Refusal error={alone.refused.error} wish={alone.refused.wish} onTake={take} />}
        {!isAlone && series.refusal}
        {seriesId !== null && <ScopeField value={scope} onChange={setScope} />}
        <TimeSpanFields value={span} zone={zone} onChange={setSpan} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Back</Trans>
          </Button>
          <Button type="submit" loading={alone.isPending || series.isPending} disabled={!times}>
            <Trans>Move it</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Answer how the reservation is moved by itself, and what refused that. */
function useMove(one: Reservation, onClose: () => void) {
  const { t } = useLingui();
  const [refused, setRefused] = useState<{ error: unknown; wish: Wish } | null>(null);
  const changing = useChangeReservation();
  const move = async (wish: Wish) => {
    setRefused(null);
    const others = wish.resources.map((each) => each.id);
    const stays = others.length === one.resources.length && one.resources.every((each) => others.includes(each.id));
    try {
      const after = await changing.mutateAsync({
        params: { path: { reservation_id: one.id }, header: { prefer: `wait=${WAIT_SECONDS}`, "if-match": `"${one.version}"` } },
        body: { start: wish.start.toISOString(), end: wish.end.toISOString(), ...(stays ? {} : { resource_ids: others }) },
      });
      tellDone(after.move ? t`The move is asked for. Until it is confirmed you keep both times.` : t`The reservation is moved.`);
      onClose();
    } catch (error) {
      setRefused({ error, wish });
    }
  };
  return { move, refused, isPending: changing.isPending };
}
