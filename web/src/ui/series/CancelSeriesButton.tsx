import { Trans, useLingui } from "@lingui/react/macro";
import { type ButtonProps, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { ConfirmButton } from "../form/ConfirmButton";
import { ProblemAlert } from "../notice/ProblemAlert";
import { tellDone } from "../notice/toast";
import { useCancelSeries } from "./api/cancelSeries";
import { type Scope, ScopeField } from "./ScopeField";

const REASON_LENGTH_MAX = 500;

interface Props extends ButtonProps {
  seriesId: number;
  /** The occurrence that is meant, or from which on it is. */
  reservationId: number;
  /** What is meant unless something else is chosen. */
  scope: Scope;
  "aria-label"?: string;
  children: ReactNode;
}

/** Asks which occurrences of a series are to be given up, and why, and does it. */
export function CancelSeriesButton({ seriesId, reservationId, scope: first, children, ...button }: Props) {
  const { t } = useLingui();
  const [scope, setScope] = useState(first);
  const [reason, setReason] = useState("");
  const cancelling = useCancelSeries();
  const cancel = async () => {
    const body = { scope, reservation_id: reservationId, reason: reason.trim() || null };
    await cancelling.mutateAsync({ params: { path: { series_id: seriesId } }, body });
    tellDone(scope === "this" ? t`The reservation is cancelled.` : t`The reservations are cancelled.`);
  };
  return (
    <ConfirmButton
      {...button}
      question={t`Cancel reservations of this series?`}
      consequence={<Trans>The time is free for others at once. This cannot be undone.</Trans>}
      deed={scope === "this" ? t`Cancel the reservation` : t`Cancel the reservations`}
      busy={cancelling.isPending}
      onConfirm={cancel}
      more={
        <>
          {cancelling.isError && <ProblemAlert error={cancelling.error} />}
          <ScopeField value={scope} onChange={setScope} />
          <TextInput label={t`Reason (optional)`} maxLength={REASON_LENGTH_MAX} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        </>
      }
    >
      {children}
    </ConfirmButton>
  );
}
