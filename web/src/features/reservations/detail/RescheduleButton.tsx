import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import { tellDone } from "@/ui/notice/toast";
import { Refusal } from "@/ui/reserve/Refusal";
import { spanFields, spanOf, TimeSpanFields } from "@/ui/reserve/TimeSpanFields";
import type { Wish } from "@/ui/reserve/wish";
import { useChangeReservation } from "../api/changeReservation";

type Reservation = components["schemas"]["ReservationDetail"];

const WAIT_SECONDS = 5;

/** Moves a reservation to another time; one that is taken is told with what is free instead. */
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
  const { t } = useLingui();
  const zone = one.resources[0]?.timezone ?? "UTC";
  const [span, setSpan] = useState(() => spanFields(new Date(one.start), new Date(one.end), zone));
  const [refused, setRefused] = useState<{ error: unknown; wish: Wish } | null>(null);
  const changing = useChangeReservation();
  const times = spanOf(span, zone);
  const move = async (wish: Wish) => {
    setRefused(null);
    setSpan(spanFields(wish.start, wish.end, zone));
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
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (times) void move({ resources: one.resources, ...times });
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
        {refused && <Refusal error={refused.error} wish={refused.wish} onTake={(wish) => void move(wish)} />}
        <TimeSpanFields value={span} zone={zone} onChange={setSpan} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Back</Trans>
          </Button>
          <Button type="submit" loading={changing.isPending} disabled={!times}>
            <Trans>Move it</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
