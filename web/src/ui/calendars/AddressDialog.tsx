import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Anchor, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { Icon } from "../Icon";
import { SecretField } from "./SecretField";

interface Props {
  /** The address; null while there is none to be shown. */
  url: string | null;
  onClose: () => void;
}

/** Shows a new address of a calendar, this once, and says what is to be done with it. */
export function AddressDialog({ url, onClose }: Props) {
  const { t } = useLingui();
  return (
    <Modal.Root opened={url !== null} onClose={onClose} centered closeOnClickOutside={false}>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body p="lg">
          <Stack>
            <Modal.Title fz="h2" fw={650}>
              <Trans>The address of the calendar</Trans>
            </Modal.Title>
            <Text>
              <Trans>Give it to your calendar program, where it subscribes to a calendar by its address.</Trans>
            </Text>
            <SecretField label={t`Address`} value={url ?? ""} />
            <Alert color="yellow" variant="light" icon={<Icon name="warning" />}>
              <Text size="sm" c="var(--mantine-color-text)">
                <Trans>Keep it secret: whoever knows this address can read the calendar. It is not shown again.</Trans>
              </Text>
            </Alert>
            <Group justify="space-between">
              <Anchor href={url?.replace(/^https?:/, "webcal:")}>
                <Trans>Open in the calendar program</Trans>
              </Anchor>
              <Button onClick={onClose}>
                <Trans>Done</Trans>
              </Button>
            </Group>
          </Stack>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
