import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Box, List, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useLocale } from "@/lib/i18n/useLocale";
import { rangeWords } from "@/lib/time/format";
import { useViewerZone } from "@/lib/time/ViewerZone";
import { useAround } from "./api/readAround";
import { MARGIN_MS } from "./margin";
import "./around.css";

type Approval = components["schemas"]["ApprovalShown"];
type Busy = components["schemas"]["BusyShown"];

interface Props {
  resource: { id: number; name: string };
  approval: Approval;
}

/** What else a resource is taken for around the time that is asked for: drawn as a strip, and said in words. */
export function Around({ resource, approval }: Props) {
  const { t } = useLingui();
  const around = useAround(resource.id, approval.start, approval.end);
  const others = (around.data?.items ?? []).filter((one) => !isItself(one, approval));
  const name = resource.name;
  if (!around.data) return <Box h={44} />;
  return (
    <Stack gap={6}>
      <Strip others={others} approval={approval} />
      {others.length === 0 ? (
        <Text size="sm" c="dimmed">
          <Trans>Nothing else is near it in {name}.</Trans>
        </Text>
      ) : (
        <>
          <Text size="sm" c="dimmed">
            <Trans>Near it in {name}:</Trans>
          </Text>
          <List size="sm" spacing={2}>
            {others.map((one) => (
              <List.Item key={`${one.kind}-${one.start}`}>
                <Words busy={one} taken={one.kind === "blackout" ? t`Closed` : t`Taken`} />
              </List.Item>
            ))}
          </List>
        </>
      )}
    </Stack>
  );
}

function Words({ busy, taken }: { busy: Busy; taken: string }) {
  const locale = useLocale();
  const zone = useViewerZone();
  const { time } = rangeWords(new Date(busy.start), new Date(busy.end), zone, locale);
  const what = busy.title ?? busy.reason ?? taken;
  if (!busy.reservation_id) return `${time} ${what}`;
  const reservationId = busy.reservation_id;
  return (
    <>
      {time}{" "}
      <Anchor
        inherit
        renderRoot={(props) => <Link to="/reservations/$reservationId" params={{ reservationId }} {...props} />}
      >
        {what}
      </Anchor>
    </>
  );
}

function Strip({ others, approval }: { others: Busy[]; approval: Approval }) {
  const from = new Date(approval.start).getTime() - MARGIN_MS;
  const length = new Date(approval.end).getTime() + MARGIN_MS - from;
  const place = (start: string, end: string) => {
    const left = Math.max(0, (new Date(start).getTime() - from) / length);
    const right = Math.min(1, (new Date(end).getTime() - from) / length);
    return { left: `${left * 100}%`, width: `${(right - left) * 100}%` };
  };
  return (
    <div className="around" aria-hidden>
      {others.map((one) => (
        <div key={`${one.kind}-${one.start}`} className="around-taken" style={place(one.start, one.end)} />
      ))}
      <div className="around-wanted" style={place(approval.start, approval.end)} />
    </div>
  );
}

function isItself(busy: Busy, approval: Approval): boolean {
  if (busy.reservation_id) return busy.reservation_id === approval.reservation_id;
  // Others than owners and administrators see no ids: what covers the very time is what was asked for.
  return busy.kind === "reservation" && new Date(busy.start) <= new Date(approval.start) && new Date(busy.end) >= new Date(approval.end);
}
