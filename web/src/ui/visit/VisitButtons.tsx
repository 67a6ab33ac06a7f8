import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useNow } from "@/lib/time/useNow";
import { Icon } from "../Icon";
import { tellDone, tellProblem } from "@/ui/notice/toast";
import { useCheckIn } from "./api/checkIn";
import { useCheckOut } from "./api/checkOut";
import { visitStage } from "./visitStage";

/** What there is to do about coming and going: check in when it is time, check out while in use, else nothing. */
export function VisitButtons({ reservation }: { reservation: components["schemas"]["ReservationDetail"] }) {
  const { t } = useLingui();
  const now = useNow();
  const [checkingIn, checkingOut] = [useCheckIn(), useCheckOut()];
  const stage = visitStage(reservation, now);
  const params = { path: { reservation_id: reservation.id } };
  if (stage === "open")
    return (
      <Button
        leftSection={<Icon name="check" />}
        loading={checkingIn.isPending}
        onClick={() => checkingIn.mutate({ params }, { onSuccess: () => tellDone(t`You are checked in.`), onError: tellProblem })}
      >
        <Trans>Check in</Trans>
      </Button>
    );
  if (stage === "in_use")
    return (
      <Button
        leftSection={<Icon name="door" />}
        loading={checkingOut.isPending}
        onClick={() => checkingOut.mutate({ params }, { onSuccess: () => tellDone(t`You are checked out.`), onError: tellProblem })}
      >
        <Trans>Check out</Trans>
      </Button>
    );
  return null;
}
