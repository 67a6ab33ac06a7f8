import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import { useLocale } from "@/lib/i18n/useLocale";
import { fieldsOf, instantOfFields } from "@/lib/time/fields";
import { instantWords, lengthWords } from "@/lib/time/format";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellDone } from "@/ui/notice/toast";
import { useExtendReservation } from "../api/extendReservation";

const STEPS_MINUTES = [15, 30, 60];
const WAIT_SECONDS = 3;

/** Goes on for a while, or until a time. */
export function ExtendMenu({ reservation: one }: { reservation: components["schemas"]["ReservationDetail"] }) {
  const { t } = useLingui();
  const locale = useLocale();
  const [opened, { open, close }] = useDisclosure();
  const extending = useExtendReservation();
  const zone = one.resources[0]?.timezone ?? "UTC";
  const end = new Date(one.end);
  const [until, setUntil] = useState(() => fieldsOf(end, zone));
  const extend = (next: Date) =>
    extending.mutate(
      { params: { path: { reservation_id: one.id }, header: { prefer: `wait=${WAIT_SECONDS}` } }, body: { end: next.toISOString() } },
      {
        onSuccess: (after) => {
          close();
          tellDone(after.move ? t`Asked for; it is confirmed later.` : t`Extended until ${instantWords(next, zone, locale)}.`);
        },
      },
    );
  const chosen = instantOfFields(until, zone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen && chosen > end) extend(chosen);
  };
  const start = () => {
    extending.reset();
    setUntil(fieldsOf(end, zone));
    open();
  };
  return (
    <>
      <Button variant="default" onClick={start}>
        <Trans>Extend</Trans>
      </Button>
      <Modal.Root opened={opened} onClose={close} centered>
        <Modal.Overlay />
        <Modal.Content>
          <Modal.Body p="lg">
            <Stack>
              <Modal.Title fz="h2" fw={650}>
                <Trans>Go on for longer</Trans>
              </Modal.Title>
              <Text>
                <Trans>It ends {instantWords(end, zone, locale)} now.</Trans>
              </Text>
              {extending.isError && <ProblemAlert error={extending.error} />}
              <Group grow gap="sm">
                {STEPS_MINUTES.map((minutes) => (
                  <Button key={minutes} variant="light" size="md" disabled={extending.isPending} onClick={() => extend(new Date(end.getTime() + minutes * 60_000))}>
                    + {lengthWords(new Date(0), new Date(minutes * 60_000), locale)}
                  </Button>
                ))}
              </Group>
              <form onSubmit={submit}>
                <Group align="flex-end" gap="sm" grow preventGrowOverflow={false}>
                  <TextInput type="date" label={t`Until day`} value={until.date} onChange={(event) => setUntil({ ...until, date: event.currentTarget.value })} />
                  <TextInput type="time" label={t`Until time`} value={until.time} onChange={(event) => setUntil({ ...until, time: event.currentTarget.value })} />
                </Group>
                <Group justify="flex-end" mt="md">
                  <Button variant="default" onClick={close}>
                    <Trans>Back</Trans>
                  </Button>
                  <Button type="submit" loading={extending.isPending} disabled={!chosen || chosen <= end}>
                    <Trans>Extend</Trans>
                  </Button>
                </Group>
              </form>
            </Stack>
          </Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </>
  );
}
