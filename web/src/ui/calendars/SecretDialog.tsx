import { Alert, Modal, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Icon } from "../Icon";

interface Props {
  isOpen: boolean;
  onClose: () => void;
  title: ReactNode;
  intro: ReactNode;
  /** What is to be copied, this once. */
  children: ReactNode;
  warning: ReactNode;
  buttons: ReactNode;
}

/** Shows what is shown this once; a click beside it does not close it. */
export function SecretDialog({ isOpen, onClose, title, intro, children, warning, buttons }: Props) {
  return (
    <Modal.Root opened={isOpen} onClose={onClose} centered closeOnClickOutside={false}>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body p="lg">
          <Stack>
            <Modal.Title fz="h2" fw={650}>
              {title}
            </Modal.Title>
            <Text>{intro}</Text>
            {children}
            <Alert color="yellow" variant="light" icon={<Icon name="warning" />}>
              <Text size="sm" c="var(--mantine-color-text)">
                {warning}
              </Text>
            </Alert>
            {buttons}
          </Stack>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
