import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, List, Stack, Text } from "@mantine/core";
import { useLocale } from "@/lib/i18n/useLocale";
import { instantWords } from "@/lib/time/format";
import { useViewerZone } from "@/lib/time/ViewerZone";
import { Icon } from "@/ui/Icon";
import { TimeRange } from "@/ui/TimeRange";

type Reservation = components["schemas"]["ReservationDetail"];
type Confirmation = components["schemas"]["ConfirmationShown"];

/** What a reservation, or a move of it, still waits for; nothing where nothing is waited for. */
export function WaitingCard({ reservation: one }: { reservation: Reservation }) {
  const { t } = useLingui();
  return (
    <>
      {one.state === "pending" && (
        <Alert color="yellow" icon={<Icon name="hourglass" />} title={t`Kept for you until it is confirmed`}>
          <Confirmations confirmations={one.confirmations} />
        </Alert>
      )}
      {one.move && (
        <Alert color="yellow" icon={<Icon name="hourglass" />} title={t`A move waits for its confirmation`}>
          <Stack gap="xs" c="var(--mantine-color-text)">
            <TimeRange start={one.move.start} end={one.move.end} zone={one.move.resources[0]?.timezone ?? "UTC"} />
            <Text size="sm">
              {one.move.resources.map((each) => each.name).join(", ")} · <Trans>Until then you keep both times.</Trans>
            </Text>
            <Confirmations confirmations={one.move.confirmations} />
          </Stack>
        </Alert>
      )}
    </>
  );
}

function Confirmations({ confirmations }: { confirmations: readonly Confirmation[] }) {
  const { t } = useLingui();
  const locale = useLocale();
  const zone = useViewerZone();
  const asked = {
    approval: t`Somebody has to approve it.`,
    quota: t`Your allowance is being looked at.`,
    access: t`The door is being told the access code.`,
    payment: t`It has to be paid.`,
  };
  const given = { approval: t`It is approved.`, quota: t`Your allowance suffices.`, access: t`The access code is there.`, payment: t`The payment is secured.` };
  const shown = confirmations.filter((one) => one.state === "asked" || one.state === "given");
  return (
    <List spacing={4} c="var(--mantine-color-text)" size="sm" listStyleType="none">
      {shown.map((one) => (
        <List.Item key={one.step} icon={<Icon name={one.state === "given" ? "check" : "hourglass"} size={16} />}>
          {one.state === "given" ? given[one.step] : asked[one.step]}{" "}
          {one.state === "asked" && one.due_at && <Trans>Until {instantWords(new Date(one.due_at), zone, locale)} at the latest.</Trans>}
        </List.Item>
      ))}
    </List>
  );
}
