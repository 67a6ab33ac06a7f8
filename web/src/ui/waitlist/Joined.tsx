import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { Icon } from "../Icon";
import { tellDone } from "../notice/toast";
import { Pending } from "../reserve/Pending";
import { TimeRange } from "../TimeRange";
import { OfferAnswer } from "./OfferAnswer";
import { PositionWords } from "./PositionWords";
import type { Place } from "./wait";
import { WaitlistLink } from "./WaitlistLink";

interface Props {
  /** The place as it was answered when somebody joined. */
  place: Place;
  /** Goes back to the form, when an offer was let go. */
  onAgain: () => void;
  onClose: () => void;
}

/** What came of joining: where one stands in line or, if something was free, the offer to be answered at once. */
export function Joined({ place, onAgain, onClose }: Props) {
  const { t } = useLingui();
  const [made, setMade] = useState<components["schemas"]["ReservationDetail"] | null>(null);
  // The form that had the focus is gone.
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const accepted = (reservation: components["schemas"]["ReservationDetail"]) => {
    if (reservation.state === "pending") return setMade(reservation);
    tellDone(t`Reserved.`);
    onClose();
  };
  return (
    <Stack>
      <Modal.Title ref={heading} tabIndex={-1} fz="h2" fw={650} style={{ outline: "none" }}>
        {made ? t`Reserved, with something left to settle` : place.offer ? t`It is free: take it` : t`You are in line`}
      </Modal.Title>
      {made && <Pending reservation={made} onClose={onClose} />}
      {!made && place.offer && <Offered place={place} offer={place.offer} onAccepted={accepted} onAgain={onAgain} onClose={onClose} />}
      {!made && !place.offer && <InLine place={place} onClose={onClose} />}
    </Stack>
  );
}

function InLine({ place, onClose }: { place: Place; onClose: () => void }) {
  const { t } = useLingui();
  return (
    <>
      <Alert color="green" variant="light" role="status" icon={<Icon name="check" />} title={<PositionWords position={place.position} />}>
        <Text size="sm" c="var(--mantine-color-text)">
          {t`You are told when it is your turn, in the app and by mail. You can leave the line at any time.`}
        </Text>
      </Alert>
      <Group justify="space-between">
        <WaitlistLink onClick={onClose} />
        <Button onClick={onClose}>
          <Trans>Good</Trans>
        </Button>
      </Group>
    </>
  );
}

interface OfferedProps {
  place: Place;
  offer: components["schemas"]["OfferMade"];
  onAccepted: (reservation: components["schemas"]["ReservationDetail"]) => void;
  onAgain: () => void;
  onClose: () => void;
}

function Offered({ place, offer, onAccepted, onAgain, onClose }: OfferedProps) {
  const { t } = useLingui();
  return (
    <>
      <div role="status">
        <Text>
          <Trans>You need not wait. This is free, and kept for you:</Trans>
        </Text>
        <Text fw={600} mt="xs">
          {offer.resources.map((one) => one.name).join(", ")}
        </Text>
        <TimeRange start={offer.start} end={offer.end} zone={offer.resources[0]?.timezone ?? "UTC"} />
      </div>
      <OfferAnswer placeId={place.id} offer={offer} onAccepted={onAccepted} onGone={onAgain} goOn={t`Join again`} />
      <WaitlistLink onClick={onClose} />
    </>
  );
}
