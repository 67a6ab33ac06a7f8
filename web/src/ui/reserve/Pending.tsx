import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Anchor, Button, Group, List, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useLocale } from "@/lib/i18n/useLocale";
import { instantWords } from "@/lib/time/format";
import { useViewerZone } from "@/lib/time/ViewerZone";
import { Icon } from "../Icon";
import { useConfirmations } from "./api/readConfirmations";
import type { Reserved } from "./wish";

/** Says what a new reservation waits for, and until when. */
export function Pending({ reservation, onClose }: { reservation: Reserved; onClose: () => void }) {
  const { t } = useLingui();
  const locale = useLocale();
  const zone = useViewerZone();
  const asked = useConfirmations(reservation.id).data?.confirmations.filter((one) => one.state === "asked") ?? [];
  const names = { approval: t`Somebody who approves it`, quota: t`Your allowance`, access: t`The access code`, payment: t`Your payment` };
  return (
    <Stack>
      <Alert color="yellow" variant="light" role="status" icon={<Icon name="hourglass" />} title={t`The time is kept for you`}>
        <Stack gap="xs">
          <Text size="sm" c="var(--mantine-color-text)">
            <Trans>It is yours once this is settled:</Trans>
          </Text>
          <List size="sm" c="var(--mantine-color-text)">
            {asked.map((one) => (
              <List.Item key={one.step}>
                {names[one.step]}
                {one.due_at && (
                  <Text span size="sm" c="dimmed">
                    {" "}
                    <Trans>(until {instantWords(new Date(one.due_at), zone, locale)})</Trans>
                  </Text>
                )}
              </List.Item>
            ))}
          </List>
        </Stack>
      </Alert>
      <Group justify="space-between">
        <Anchor
          renderRoot={(props) => (
            <Link to="/reservations/$reservationId" params={{ reservationId: reservation.id }} {...props} onClick={onClose} />
          )}
        >
          <Trans>See the reservation</Trans>
        </Anchor>
        <Button onClick={onClose}>
          <Trans>Good</Trans>
        </Button>
      </Group>
    </Stack>
  );
}
