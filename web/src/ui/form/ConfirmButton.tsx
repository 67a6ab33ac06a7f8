import { Trans } from "@lingui/react/macro";
import { Button, type ButtonProps, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ReactNode } from "react";

interface Props extends ButtonProps {
  children: ReactNode;
  /** Asked before anything happens. */
  question: string;
  /** What will be the case afterwards. */
  consequence: ReactNode;
  /** The words of the button that does it; they name the deed, as "Cancel the reservation". */
  deed: string;
  /** Does it; the dialogue closes when it is done, and stays open when it throws. */
  onConfirm: () => Promise<unknown>;
  busy?: boolean;
  /** Fields that belong to the decision, and what went wrong. */
  more?: ReactNode;
}

/** A button whose deed is asked about first. */
export function ConfirmButton({ children, question, consequence, deed, onConfirm, busy, more, ...button }: Props) {
  const [opened, { open, close }] = useDisclosure();
  const confirm = () => onConfirm().then(close, () => undefined);
  return (
    <>
      <Button variant="default" {...button} onClick={open}>
        {children}
      </Button>
      <Modal.Root opened={opened} onClose={close} centered>
        <Modal.Overlay />
        <Modal.Content>
          <Modal.Body component={Stack}>
            <Modal.Title fz="h2" fw={650}>{question}</Modal.Title>
          <Text>{consequence}</Text>
          {more}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              <Trans>Back</Trans>
            </Button>
            <Button color="red.9" loading={busy} onClick={() => void confirm()}>
              {deed}
            </Button>
          </Group>
          </Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </>
  );
}
