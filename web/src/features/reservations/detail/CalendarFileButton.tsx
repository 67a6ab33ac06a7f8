import type { components } from "@generated/schema";
import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMe } from "@/lib/api/readMe";
import { keepFile } from "@/lib/download";
import { Icon } from "@/ui/Icon";
import { tellProblem } from "@/ui/notice/toast";
import { useCalendarFile } from "../api/readCalendar";

/** Hands a reservation to a calendar program as a file; its owner and administrators may have that. */
export function CalendarFileButton({ reservation: one }: { reservation: components["schemas"]["ReservationDetail"] }) {
  const me = useMe().data;
  const reading = useCalendarFile();
  if (!me || (me.id !== one.owner.id && me.role !== "admin")) return null;
  const read = () => reading.mutate(one.id, { onSuccess: (file) => keepFile(file, `reservation-${one.id}.ics`), onError: tellProblem });
  return (
    <Button variant="light" size="compact-sm" mt={4} leftSection={<Icon name="down" size={14} />} loading={reading.isPending} onClick={read}>
      <Trans>Calendar file (.ics)</Trans>
    </Button>
  );
}
