import { Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Button, Group } from "@mantine/core";
import { SecretDialog } from "./SecretDialog";
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
    <SecretDialog
      isOpen={url !== null}
      onClose={onClose}
      title={<Trans>The address of the calendar</Trans>}
      intro={<Trans>Give it to your calendar program, where it subscribes to a calendar by its address.</Trans>}
      warning={<Trans>Keep it secret: whoever knows this address can read the calendar. It is not shown again.</Trans>}
      buttons={
        <Group justify="space-between">
          <Anchor href={url?.replace(/^https?:/, "webcal:")}>
            <Trans>Open in the calendar program</Trans>
          </Anchor>
          <Button onClick={onClose}>
            <Trans>Done</Trans>
          </Button>
        </Group>
      }
    >
      <SecretField label={t`Address`} value={url ?? ""} />
    </SecretDialog>
  );
}
