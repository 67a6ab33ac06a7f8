import { Trans } from "@lingui/react/macro";
import { Alert } from "@mantine/core";
import { useNetwork } from "@mantine/hooks";
import { useAsOf } from "@/lib/offline/asOf";
import { Icon } from "@/ui/Icon";
import { InstantWords } from "@/ui/InstantWords";

/** Says that there is no network, of when what is shown is, and that nothing can be changed until there is one. */
export function OfflineNotice() {
  const { online } = useNetwork();
  const asOf = useAsOf();
  if (online && asOf === null) return null;
  return (
    <Alert color="yellow" variant="light" icon={<Icon name="warning" />} mb="md" role="status">
      <span className="notice-text">
        <Trans>Berth cannot be reached. Nothing can be reserved or changed until it can.</Trans>{" "}
        {asOf !== null && (
          <Trans>
            Your next reservations are shown as of <InstantWords at={asOf} />.
          </Trans>
        )}
      </span>
    </Alert>
  );
}
