import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useMe } from "@/lib/api/readMe";
import { Icon } from "@/ui/Icon";
import { tellDone, tellProblem } from "@/ui/notice/toast";
import { useCheckInOwn } from "../api/checkInOwn";
import { useCheckOutOwn } from "../api/checkOutOwn";
import { CodeDialog, type Deed } from "./CodeDialog";
import classes from "../door.module.css";
import type { Door } from "../useDoor";

/** Check in and out: by code, or at once where the reservation is the display's own. */
export function CodeButtons({ door }: { door: Door }) {
  const { t } = useLingui();
  const [deed, setDeed] = useState<Deed | null>(null);
  const checkIn = useCheckInOwn();
  const checkOut = useCheckOutOwn();
  const { current } = door.standing;
  const me = useMe().data?.id;
  // An administrator is told of everybody's; those are theirs to come to, with their codes.
  const own = current?.owner?.id === me ? (current?.reservation_id ?? null) : null;
  const isOwnAhead = own !== null && current?.state === "ready";
  // Of somebody else's it is not told how far it is.
  const canLeave = current?.kind === "reservation" && (current.state ?? "in_use") === "in_use";
  const enter = () => {
    if (!isOwnAhead) return setDeed("in");
    const told = { onSuccess: () => tellDone(t`Checked in. Welcome!`), onError: tellProblem };
    checkIn.mutate({ params: { path: { reservation_id: own } } }, told);
  };
  const leave = () => {
    if (own === null) return setDeed("out");
    const told = { onSuccess: () => tellDone(t`Checked out. Thank you!`), onError: tellProblem };
    checkOut.mutate({ params: { path: { reservation_id: own } } }, told);
  };
  return (
    <div className={classes.codes}>
      <Button className={classes.deed} variant="outline" disabled={door.isSilent} loading={checkIn.isPending} leftSection={<Icon name="play" size={24} />} onClick={enter}>
        <Trans>Check in</Trans>
      </Button>
      {canLeave && (
        <Button className={classes.deed} variant="outline" disabled={door.isSilent} loading={checkOut.isPending} leftSection={<Icon name="door" size={24} />} onClick={leave}>
          <Trans>Check out</Trans>
        </Button>
      )}
      {deed && <CodeDialog resourceId={door.resource.id} deed={deed} onClose={() => setDeed(null)} />}
    </div>
  );
}
