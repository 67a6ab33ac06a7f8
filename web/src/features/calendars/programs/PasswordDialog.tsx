import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { SecretField } from "@/ui/calendars/SecretField";
import { Icon } from "@/ui/Icon";

interface Props {
  /** The new password; null while there is none to be shown. */
  made: components["schemas"]["AppPasswordMade"] | null;
  onClose: () => void;
}

/** Shows a new app password, this once, with all that a calendar program asks for beside it. */
export function PasswordDialog({ made, onClose }: Props) {
  const { t } = useLingui();
  return (
    <Modal.Root opened={made !== null} onClose={onClose} centered closeOnClickOutside={false}>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body p="lg">
          <Stack>
            <Modal.Title fz="h2" fw={650}>
              {t`App password for ${made?.name ?? ""}`}
            </Modal.Title>
            <Text>
              <Trans>This is what the calendar program asks for:</Trans>
            </Text>
            <SecretField label={t`Server`} value={made?.url ?? ""} />
            <SecretField label={t`User name`} value={made?.username ?? ""} />
            <SecretField label={t`Password`} value={made?.password ?? ""} />
            <Alert color="yellow" variant="light" icon={<Icon name="warning" />}>
              <Text size="sm" c="var(--mantine-color-text)">
                <Trans>The password is not shown again. If you lose it, revoke it and make another one.</Trans>
              </Text>
            </Alert>
            <Group justify="flex-end">
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
