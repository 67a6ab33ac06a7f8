import type { components } from "@generated/schema";
import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { idempotent } from "@/lib/api/client";
import { isUndecided, newKey } from "@/lib/api/wishKey";
import { useViewerZone } from "@/lib/time/ViewerZone";
import type { Wish } from "@/lib/wish/parse";
import { widened, type Window } from "@/lib/wish/window";
import { Icon } from "@/ui/Icon";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { useCreateReservation } from "@/ui/reserve/api/createReservation";
import { StateBadge } from "@/ui/StateBadge";
import { TimeRange } from "@/ui/TimeRange";
import { useWait } from "@/ui/waitlist/useWait";
import type { Wait } from "@/ui/waitlist/wait";
import { useFree } from "../api/findFree";

type Offer = components["schemas"]["OfferShown"];
type Reserved = components["schemas"]["ReservationShown"];

/** How long an answer may wait for what confirms a reservation. */
const WAIT_SECONDS = 3;

/** What is free for a wish, each a click away from being reserved; if nothing is at that time, the next times. */
export function Offers({ wish, window }: { wish: Wish; window: Window }) {
  const zone = useViewerZone();
  const [made, setMade] = useState<Reserved | null>(null);
  const exact = useFree(window, wish, made === null);
  const none = exact.data?.items.length === 0 && !exact.isPlaceholderData;
  const wider = useFree(widened(window, zone), wish, made === null && none && window.exact);
  const anywhere = useFree(widened(window, zone), { people: wish.people }, made === null && none && wish.text !== undefined);
  if (made) return <Made reservation={made} />;
  if (exact.isError) return <ProblemAlert error={exact.error} onRetry={() => void exact.refetch()} />;
  if (exact.isPending || (none && (wider.isLoading || anywhere.isLoading))) return <ListSkeleton rows={2} height={64} />;
  if (!none) return <OfferList offers={exact.data.items} onMade={setMade} />;
  if (wider.data?.items.length)
    return (
      <>
        <Text role="status">
          <Trans>Not free then. The next times:</Trans>
        </Text>
        <OfferList offers={wider.data.items} onMade={setMade} />
      </>
    );
  return <Nothing wish={wish} window={window} others={anywhere.data?.items ?? []} onMade={setMade} />;
}

interface NothingProps {
  wish: Wish;
  window: Window;
  others: Offer[];
  onMade: (made: Reserved) => void;
}

function Nothing({ wish, window, others, onMade }: NothingProps) {
  const text = wish.text;
  const waiting = useWait();
  const wait = useWaitFor(wish, window);
  return (
    <>
      <Text role="status">
        {others.length > 0 ? (
          <Trans>Nothing with “{text}” is free then. These are:</Trans>
        ) : (
          <Trans>Nothing is free for that. Try another day, a shorter time or fewer people.</Trans>
        )}
      </Text>
      <OfferList offers={others} onMade={onMade} />
      <Button w="fit-content" variant="default" leftSection={<Icon name="clock" size={16} />} onClick={() => waiting.open(wait)}>
        <Trans>Join the waitlist</Trans>
      </Button>
      {waiting.dialog}
    </>
  );
}

/** Answer what one could wait for, instead of what is not free: any that fits, in the time that was meant. */
function useWaitFor({ text, people }: Wish, { from, until, minutes, exact }: Window): Wait {
  const { t } = useLingui();
  const words = [text && `“${text}”`, people && t`${plural(people, { one: "# person", other: "# people" })}`];
  return {
    resources: [],
    search: { text, capacity_min: people },
    words: words.filter((one) => typeof one === "string"),
    start: from,
    end: until,
    minutes: exact ? undefined : minutes,
    people,
  };
}

function OfferList({ offers, onMade }: { offers: Offer[]; onMade: (made: Reserved) => void }) {
  const { send, sending, error } = useReserving(onMade);
  return (
    <Stack gap={0}>
      {error !== null && <ProblemAlert error={error} />}
      {offers.map((offer) => (
        <OfferRow key={offer.resource.id} offer={offer} busy={sending === offer.resource.id} onReserve={() => void send(offer)} />
      ))}
    </Stack>
  );
}

function OfferRow({ offer, busy, onReserve }: { offer: Offer; busy: boolean; onReserve: () => void }) {
  const { t } = useLingui();
  const { name, timezone, capacity, site_path } = offer.resource;
  const where = [...site_path, capacity !== null && t`room for ${capacity}`].filter(Boolean).join(" · ");
  return (
    <Group className="row-line" justify="space-between" wrap="nowrap" py="sm">
      <Stack gap={0} miw={0}>
        <Text fw={600}>{name}</Text>
        <TimeRange start={offer.start} end={offer.end} zone={timezone} />
        {where && (
          <Text size="sm" c="dimmed">
            {where}
          </Text>
        )}
      </Stack>
      <Button loading={busy} onClick={onReserve} aria-label={t`Reserve ${name}`} style={{ flexShrink: 0 }}>
        <Trans>Reserve</Trans>
      </Button>
    </Group>
  );
}

/** Answer how an offer is taken, once however often it is asked for until Berth has answered. */
function useReserving(onMade: (made: Reserved) => void) {
  const creating = useCreateReservation();
  const [error, setError] = useState<unknown>(null);
  const keys = useRef(new Map<string, string>());
  const send = async (offer: Offer) => {
    const wanted = `${offer.resource.id} ${offer.start}`;
    const key = keys.current.get(wanted) ?? newKey();
    keys.current.set(wanted, key);
    setError(null);
    try {
      const header = { ...idempotent(key), prefer: `wait=${WAIT_SECONDS}` };
      onMade(await creating.mutateAsync({ params: { header }, body: { resource_ids: [offer.resource.id], start: offer.start, end: offer.end, title: "" } }));
    } catch (refused) {
      if (!isUndecided(refused)) keys.current.delete(wanted);
      setError(refused);
    }
  };
  const sending = creating.isPending ? creating.variables.body.resource_ids?.[0] : undefined;
  return { send, sending, error };
}

function Made({ reservation }: { reservation: Reserved }) {
  const { t } = useLingui();
  const pending = reservation.state !== "ready";
  return (
    <Alert
      role="status"
      color={pending ? "yellow" : "green"}
      icon={<Icon name={pending ? "hourglass" : "check"} />}
      title={pending ? t`The time is kept for you` : t`Reserved for you`}
    >
      <Stack gap={4} align="flex-start" c="var(--mantine-color-text)">
        <Text fw={600}>{reservation.resources.map((one) => one.name).join(", ")}</Text>
        <TimeRange start={reservation.start} end={reservation.end} zone={reservation.resources[0]?.timezone ?? "UTC"} />
        <StateBadge state={reservation.state} />
        <Anchor renderRoot={(props) => <Link to="/reservations/$reservationId" params={{ reservationId: reservation.id }} {...props} />}>
          <Trans>See the reservation</Trans>
        </Anchor>
      </Stack>
    </Alert>
  );
}
