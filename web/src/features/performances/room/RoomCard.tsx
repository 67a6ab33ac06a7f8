import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useEffect, useRef } from "react";
import { Countdown } from "@/ui/Countdown";
import { Icon } from "@/ui/Icon";
import { minutesUntilTurn, type Place } from "./standing";

interface Props {
  place: Place;
  isPending: boolean;
  onJoin: () => void;
  onLeave: () => void;
}

/** Says how one stands in the queue. It stays in place whatever changes, so that screen readers tell the change. */
export function RoomCard({ place, isPending, onJoin, onLeave }: Props) {
  const { t } = useLingui();
  const title = useFocusKept(place.state);
  const isOutside = place.state === "outside";
  return (
    <Paper p="md" withBorder component="section" aria-label={t`Waiting room`}>
      <Stack gap="xs" mih={place.state === "admitted" ? undefined : 190}>
        <Title order={2} ref={title} tabIndex={-1} style={{ outline: "none" }}>
          <Heading place={place} />
        </Title>
        <Text role="status" aria-live="polite">
          <Standing place={place} />
        </Text>
        {place.state === "admitted" && place.admitted_until && (
          <Group gap={6} wrap="nowrap">
            <Icon name="hourglass" size={16} />
            <Countdown until={new Date(place.admitted_until)} />
          </Group>
        )}
        {place.state !== "admitted" && <Estimate seconds={place.estimate_seconds} isWaiting={!isOutside} />}
        <Group gap="xs" mt="auto">
          {isOutside ? (
            <Button key="join" onClick={onJoin} loading={isPending}>
              {place.wasInside ? <Trans>Join again</Trans> : <Trans>Choose seats</Trans>}
            </Button>
          ) : (
            <Button key="leave" variant="default" onClick={onLeave} loading={isPending}>
              {place.state === "waiting" ? <Trans>Leave the queue</Trans> : <Trans>Let the next one in</Trans>}
            </Button>
          )}
        </Group>
      </Stack>
    </Paper>
  );
}

function Heading({ place }: { place: Place }) {
  if (place.state === "admitted") return <Trans>It is your turn</Trans>;
  if (place.state === "waiting") return <Trans>You are in the queue</Trans>;
  return place.wasInside ? <Trans>Your time to choose is over</Trans> : <Trans>There is a queue for these seats</Trans>;
}

function Standing({ place }: { place: Place }) {
  const { position, ahead } = place;
  if (place.state === "admitted") return <Trans>Choose your seats before the time runs out. What you hold then is still yours to buy.</Trans>;
  if (place.state === "waiting")
    return (
      <Trans>
        You are number {position}. <Plural value={ahead} _0="Nobody is ahead of you." one="# person is ahead of you." other="# people are ahead of you." />
      </Trans>
    );
  return (
    <>
      {place.wasInside && (
        <>
          <Trans>Others may choose now. You can join again, at the end of the queue.</Trans>{" "}
        </>
      )}
      <Plural value={ahead} _0="Nobody is waiting now." one="# person is waiting now." other="# people are waiting now." />
    </>
  );
}

function Estimate({ seconds, isWaiting }: { seconds: number | null; isWaiting: boolean }) {
  const minutes = minutesUntilTurn(seconds);
  return (
    <>
      <Text size="sm">
        {minutes === null ? (
          <Trans>How long it takes is not known yet.</Trans>
        ) : (
          <Plural value={minutes} one="It takes about a minute." other="It takes about # minutes." />
        )}
      </Text>
      <Text size="sm" c="dimmed">
        {isWaiting ? (
          <Trans>Keep this page open; it may stay in the background. If your device sleeps for more than a minute, your place may be lost. You may leave at any time.</Trans>
        ) : (
          <Trans>Only so many people choose at once. If there is no room now, you wait for your turn here.</Trans>
        )}
      </Text>
    </>
  );
}

/** Answer the heading that has the focus once the button that had it is gone. */
function useFocusKept(state: string) {
  const title = useRef<HTMLHeadingElement>(null);
  const shown = useRef(state);
  useEffect(() => {
    if (shown.current !== state && document.activeElement === document.body) title.current?.focus({ preventScroll: true });
    shown.current = state;
  }, [state]);
  return title;
}
