import { Trans, useLingui } from "@lingui/react/macro";
import { Paper, Stack, Text, Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useLocale } from "@/lib/i18n/useLocale";
import { instantWords } from "@/lib/time/format";
import { useViewerZone } from "@/lib/time/ViewerZone";
import { ConfirmButton } from "@/ui/form/ConfirmButton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellDone } from "@/ui/notice/toast";
import { TimeRange } from "@/ui/TimeRange";
import { OfferAnswer } from "@/ui/waitlist/OfferAnswer";
import { PositionWords } from "@/ui/waitlist/PositionWords";
import type { Place } from "@/ui/waitlist/wait";
import { useLeavePlace } from "./api/leavePlace";
import { PlaceFacts, useWhatWords } from "./PlaceFacts";

/** A place in the waitlist: what is waited for and how far ahead, or what is offered and until when. */
export function PlaceCard({ place: one }: { place: Place }) {
  const what = useWhatWords(one);
  return (
    <Paper p="lg" withBorder component="article" aria-labelledby={`place-${one.id}`}>
      <Stack gap="sm">
        <Title order={2} id={`place-${one.id}`}>
          {one.title || what}
        </Title>
        {one.offer ? <Offered place={one} /> : <Waiting place={one} />}
      </Stack>
    </Paper>
  );
}

function Waiting({ place: one }: { place: Place }) {
  const { t } = useLingui();
  const locale = useLocale();
  const zone = useViewerZone();
  const leaving = useLeavePlace();
  const leave = () => leaving.mutateAsync({ params: { path: { entry_id: one.id } } }).then(() => tellDone(t`You do not wait for it any more.`));
  return (
    <>
      <PlaceFacts place={one} withoutWhat={!one.title} />
      <div>
        <Text fw={600}>
          <PositionWords position={one.position} />
        </Text>
        <Text size="sm" c="dimmed">
          <Trans>You wait until {instantWords(new Date(one.closes_at), zone, locale)} at the latest.</Trans>
        </Text>
      </div>
      <ConfirmButton
        w="fit-content"
        question={t`Leave the line?`}
        consequence={<Trans>Your place is given up. If you join again, you stand at the end.</Trans>}
        deed={t`Give up my place`}
        busy={leaving.isPending}
        onConfirm={leave}
        more={leaving.isError && <ProblemAlert error={leaving.error} />}
      >
        <Trans>Leave the line</Trans>
      </ConfirmButton>
    </>
  );
}

function Offered({ place: one }: { place: Place }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const offer = one.offer!;
  const names = offer.resources.map((each) => each.name).join(", ");
  return (
    <>
      <div>
        <Text>
          <Trans>It is your turn:</Trans> {names}
        </Text>
        <TimeRange start={offer.start} end={offer.end} zone={offer.resources[0]?.timezone ?? "UTC"} />
      </div>
      <OfferAnswer
        placeId={one.id}
        offer={offer}
        onAccepted={(made) => void navigate({ to: "/reservations/$reservationId", params: { reservationId: made.id } })}
        goOn={t`See what became of it`}
        onGone={() => void navigate({ to: "/waitlist", search: { view: "over" } })}
      />
    </>
  );
}
