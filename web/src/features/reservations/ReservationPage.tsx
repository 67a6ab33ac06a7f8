import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Group } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMe } from "@/lib/api/readMe";
import { useReservation } from "@/lib/api/readReservation";
import { Icon } from "@/ui/Icon";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { Page } from "@/ui/Page";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { VisitButtons } from "@/ui/visit/VisitButtons";
import { CancelButton } from "./CancelButton";
import { DoorCard } from "./detail/DoorCard";
import { ExtendMenu } from "./detail/ExtendMenu";
import { Facts } from "./detail/Facts";
import { PaymentCard } from "./detail/PaymentCard";
import { RescheduleButton } from "./detail/RescheduleButton";
import { TitleButton } from "./detail/TitleButton";
import { WaitingCard } from "./detail/WaitingCard";
import { HistoryList } from "./HistoryList";

type Reservation = components["schemas"]["ReservationDetail"];

const route = getRouteApi("/signed-in/reservations/$reservationId");
const CANCELLABLE = new Set<Reservation["state"]>(["held", "pending", "ready"]);

export function ReservationPage() {
  const { t } = useLingui();
  const { reservationId } = route.useParams();
  const reservation = useReservation(reservationId);
  const back = (
    <Anchor renderRoot={(props) => <Link to="/reservations" {...props} />}>
      <Group gap={4}>
        <Icon name="left" />
        <Trans>My reservations</Trans>
      </Group>
    </Anchor>
  );
  if (!reservation.data)
    return (
      <Page title={t`Reservation ${reservationId}`} above={back}>
        {reservation.isPending && <ListSkeleton rows={2} height={140} />}
        {reservation.isError && <ProblemAlert error={reservation.error} onRetry={() => void reservation.refetch()} />}
      </Page>
    );
  const one = reservation.data;
  return (
    <Page title={one.title || one.resources.map((each) => each.name).join(", ")} above={back} actions={<Deeds reservation={one} />}>
      <WaitingCard reservation={one} />
      <Facts reservation={one} />
      <OwnCards reservation={one} />
      <HistoryList reservation={one} />
    </Page>
  );
}

/** What can be done with it now: nothing more with one that is over. */
function Deeds({ reservation: one }: { reservation: Reservation }) {
  const isAhead = CANCELLABLE.has(one.state);
  const isLive = isAhead || one.state === "in_use";
  return (
    <Group gap="sm">
      <VisitButtons reservation={one} />
      {isLive && <ExtendMenu reservation={one} />}
      {isAhead && <RescheduleButton reservation={one} />}
      {isLive && <TitleButton reservation={one} />}
      {isAhead && <CancelButton reservation={one} />}
    </Group>
  );
}

/** What is the owner's alone: the way through the door, and what is paid. */
function OwnCards({ reservation: one }: { reservation: Reservation }) {
  const me = useMe().data;
  if (me?.id !== one.owner.id) return null;
  return (
    <>
      {(one.state === "ready" || one.state === "in_use") && <DoorCard reservation={one} />}
      <PaymentCard reservationId={one.id} />
    </>
  );
}
