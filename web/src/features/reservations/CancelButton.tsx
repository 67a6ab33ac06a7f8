import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { ConfirmButton } from "@/ui/form/ConfirmButton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellDone } from "@/ui/notice/toast";
import { CancelSeriesButton } from "@/ui/series/CancelSeriesButton";
import { useCancelReservation } from "./api/cancelReservation";
import { useOwnSeries } from "./useOwnSeries";

const REASON_LENGTH_MAX = 500;

type Reservation = components["schemas"]["ReservationShown"];

/** Asks whether, and why, a reservation is to be given up, and does it; of a series, whether it alone is meant. */
export function CancelButton({ reservation }: { reservation: Reservation }) {
  const seriesId = useOwnSeries(reservation);
  if (seriesId === null) return <CancelAlone reservation={reservation} />;
  return (
    <CancelSeriesButton seriesId={seriesId} reservationId={reservation.id} scope="this">
      <Trans>Cancel</Trans>
    </CancelSeriesButton>
  );
}

function CancelAlone({ reservation }: { reservation: Reservation }) {
  const { t } = useLingui();
  const [reason, setReason] = useState("");
  const cancelling = useCancelReservation();
  const cancel = async () => {
    await cancelling.mutateAsync({
      params: { path: { reservation_id: reservation.id } },
      body: { reason: reason.trim() || null },
    });
    tellDone(t`The reservation is cancelled.`);
  };
  return (
    <ConfirmButton
      question={t`Cancel this reservation?`}
      consequence={<Trans>The time is free for others at once. This cannot be undone.</Trans>}
      deed={t`Cancel the reservation`}
      busy={cancelling.isPending}
      onConfirm={cancel}
      more={
        <>
          {cancelling.isError && <ProblemAlert error={cancelling.error} />}
          <TextInput
            label={t`Reason (optional)`}
            maxLength={REASON_LENGTH_MAX}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </>
      }
    >
      <Trans>Cancel</Trans>
    </ConfirmButton>
  );
}
