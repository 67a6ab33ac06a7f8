import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group } from "@mantine/core";
import { SecretDialog } from "@/ui/calendars/SecretDialog";
import { SecretField } from "@/ui/calendars/SecretField";

interface Props {
  /** The new password; null while there is none to be shown. */
  made: components["schemas"]["AppPasswordMade"] | null;
  onClose: () => void;
}

/** Shows a new app password, this once, with all that a calendar program asks for beside it. */
export function PasswordDialog({ made, onClose }: Props) {
  const { t } = useLingui();
  return (
    <SecretDialog
      isOpen={made !== null}
      onClose={onClose}
      title={t`App password for ${made?.name ?? ""}`}
      intro={<Trans>This is what the calendar program asks for:</Trans>}
      warning={<Trans>The password is not shown again. If you lose it, revoke it and make another one.</Trans>}
      buttons={
        <Group justify="flex-end">
          <Button onClick={onClose}>
            <Trans>Done</Trans>
          </Button>
        </Group>
      }
    >
      <SecretField label={t`Server`} value={made?.url ?? ""} />
      <SecretField label={t`User name`} value={made?.username ?? ""} />
      <SecretField label={t`Password`} value={made?.password ?? ""} />
    </SecretDialog>
  );
}
