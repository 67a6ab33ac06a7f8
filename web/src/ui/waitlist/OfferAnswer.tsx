import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useLocale } from "@/lib/i18n/useLocale";
import { instantWords } from "@/lib/time/format";
import { useNow } from "@/lib/time/useNow";
import { useViewerZone } from "@/lib/time/ViewerZone";
import { Countdown } from "../Countdown";
import { ConfirmButton } from "../form/ConfirmButton";
import { Icon } from "../Icon";
import { ProblemAlert } from "../notice/ProblemAlert";
import { useAcceptOffer } from "./api/acceptOffer";
import { useDeclineOffer } from "./api/declineOffer";

interface Props {
  placeId: number;
  offer: components["schemas"]["OfferMade"];
  onAccepted: (reservation: components["schemas"]["ReservationDetail"]) => void;
  /** Is told that the offer was declined, or that who let it run out goes on from there. */
  onGone: () => void;
  /** What one who let it run out can do. */
  goOn: string;
}

/** Until when an offer is kept, and the answers to it; once that is over, what became of it. */
export function OfferAnswer({ placeId, offer, onAccepted, onGone, goOn }: Props) {
  const { t } = useLingui();
  const locale = useLocale();
  const zone = useViewerZone();
  const until = new Date(offer.expires_at);
  const isOver = useNow(1000) >= until;
  const accepting = useAcceptOffer();
  const declining = useDeclineOffer();
  const path = { params: { path: { entry_id: placeId } } };
  if (isOver)
    return (
      <Alert color="yellow" variant="light" role="status" icon={<Icon name="clock" />} title={t`The time to answer is over`}>
        <Stack gap="xs" align="flex-start" c="var(--mantine-color-text)">
          <Text size="sm">
            <Trans>It goes to the next in line, and your place is given up.</Trans>
          </Text>
          <Button size="sm" variant="default" onClick={onGone}>
            {goOn}
          </Button>
        </Stack>
      </Alert>
    );
  return (
    <Stack gap="sm">
      <div>
        <Text fw={600}>
          <Trans>It is kept for you until {instantWords(until, zone, locale)}.</Trans>
        </Text>
        <Countdown until={until} />
      </div>
      {accepting.isError && <ProblemAlert error={accepting.error} />}
      <Group gap="sm">
        <Button loading={accepting.isPending} onClick={() => accepting.mutate(path, { onSuccess: onAccepted })}>{t`Accept`}</Button>
        <ConfirmButton
          question={t`Decline this offer?`}
          consequence={<Trans>It goes to the next in line, and your place is given up.</Trans>}
          deed={t`Decline the offer`}
          busy={declining.isPending}
          onConfirm={() => declining.mutateAsync(path).then(onGone)}
          more={declining.isError && <ProblemAlert error={declining.error} />}
        >
          <Trans>Decline</Trans>
        </ConfirmButton>
      </Group>
    </Stack>
  );
}
