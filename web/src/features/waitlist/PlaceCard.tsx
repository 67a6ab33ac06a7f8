import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { InstantWords } from "@/ui/InstantWords";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { TimeRange } from "@/ui/TimeRange";
import { useAcceptOffer } from "./api/acceptOffer";
import { useDeclineOffer } from "./api/declineOffer";
import { useLeavePlace } from "./api/leavePlace";

type Place = components["schemas"]["WaitlistEntryShown"];

/** A place in the waitlist: what is waited for and how far ahead, or what is offered and until when. */
export function PlaceCard({ place: one }: { place: Place }) {
  const { t } = useLingui();
  const shown = one.offer ?? one;
  const names = shown.resources.map((each) => each.name).join(", ");
  const zone = shown.resources[0]?.timezone ?? "UTC";
  return (
    <Paper p="lg" withBorder component="article" aria-labelledby={`place-${one.id}`}>
      <Stack gap="sm">
        <Title order={2} id={`place-${one.id}`}>
          {one.title || names}
        </Title>
        {one.title && <Text>{names}</Text>}
        <TimeRange start={shown.start} end={shown.end} zone={zone} />
        {one.state === "waiting" && <Text c="dimmed">{one.position === 1 ? t`You are next.` : <Trans>You are number {one.position ?? "–"} in line.</Trans>}</Text>}
        {one.state === "offered" && one.offer && (
          <Text fw={600}>
            <Trans>
              It is kept for you until <InstantWords at={one.offer.expires_at} />.
            </Trans>
          </Text>
        )}
        <Verbs place={one} />
      </Stack>
    </Paper>
  );
}

function Verbs({ place: one }: { place: Place }) {
  const { t } = useLingui();
  const accepting = useAcceptOffer();
  const declining = useDeclineOffer();
  const leaving = useLeavePlace();
  const path = { params: { path: { entry_id: one.id } } };
  const error = accepting.error ?? declining.error ?? leaving.error;
  if (one.reservation_id !== null)
    return (
      <Button variant="default" w="fit-content" renderRoot={(props) => <Link to="/reservations/$reservationId" params={{ reservationId: one.reservation_id! }} {...props} />}>
        <Trans>See the reservation</Trans>
      </Button>
    );
  return (
    <>
      {error && <ProblemAlert error={error} />}
      <Group gap="sm">
        {one.state === "offered" && (
          <>
            <Button loading={accepting.isPending} onClick={() => accepting.mutate(path)}>{t`Accept`}</Button>
            <Button variant="default" loading={declining.isPending} onClick={() => declining.mutate(path)}>{t`Decline`}</Button>
          </>
        )}
        {one.state === "waiting" && (
          <Button variant="default" loading={leaving.isPending} onClick={() => leaving.mutate(path)}>{t`Leave the line`}</Button>
        )}
      </Group>
    </>
  );
}
