import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellDone } from "@/ui/notice/toast";
import { useChangeReservation } from "../api/changeReservation";

const TITLE_LENGTH_MAX = 200;

/** Gives a reservation another title. */
export function TitleButton({ reservation: one }: { reservation: components["schemas"]["ReservationDetail"] }) {
  const { t } = useLingui();
  const [opened, { open, close }] = useDisclosure();
  const [title, setTitle] = useState(one.title);
  const changing = useChangeReservation();
  const start = () => {
    setTitle(one.title);
    changing.reset();
    open();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const params = { path: { reservation_id: one.id }, header: { "if-match": `"${one.version}"` } };
    changing.mutate(
      { params, body: { title: title.trim() } },
      {
        onSuccess: () => {
          close();
          tellDone(t`The title is changed.`);
        },
      },
    );
  };
  return (
    <>
      <Button variant="default" onClick={start}>
        <Trans>Edit the title</Trans>
      </Button>
      <Modal.Root opened={opened} onClose={close} centered>
        <Modal.Overlay />
        <Modal.Content>
          <Modal.Body p="lg">
            <form onSubmit={submit}>
              <Stack>
                <Modal.Title fz="h2" fw={650}>
                  <Trans>Edit the title</Trans>
                </Modal.Title>
                {changing.isError && <ProblemAlert error={changing.error} />}
                <TextInput data-autofocus label={t`Title`} maxLength={TITLE_LENGTH_MAX} value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
                <Group justify="flex-end">
                  <Button variant="default" onClick={close}>
                    <Trans>Back</Trans>
                  </Button>
                  <Button type="submit" loading={changing.isPending}>
                    <Trans>Save</Trans>
                  </Button>
                </Group>
              </Stack>
            </form>
          </Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </>
  );
}
