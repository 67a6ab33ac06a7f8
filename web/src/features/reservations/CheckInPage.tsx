import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Center, Paper, Stack, Text, TextInput, ThemeIcon, Title } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { asProblem } from "@/lib/api/problem";
import { useReservation } from "@/lib/api/readReservation";
import { useLocale } from "@/lib/i18n/useLocale";
import { countdownWords } from "@/lib/time/countdownWords";
import { instantWords } from "@/lib/time/format";
import { useNow } from "@/lib/time/useNow";
import { Icon, type IconName } from "@/ui/Icon";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { Page } from "@/ui/Page";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { TimeRange } from "@/ui/TimeRange";
import { useCheckIn } from "@/ui/visit/api/checkIn";
import { VisitButtons } from "@/ui/visit/VisitButtons";
import { visitStage } from "@/ui/visit/visitStage";

const route = getRouteApi("/signed-in/reservations/$reservationId/check-in");

/** Where the QR code leads: checks in by one touch when it is time, and says how long it is until then. */
export function CheckInPage() {
  const { t } = useLingui();
  const { reservationId } = route.useParams();
  const { code } = route.useSearch();
  const reservation = useReservation(reservationId);
  // Whoever is not the owner may not read the reservation, and comes in by the code alone. That is kept in mind: while
  // it is read anew, as after every change, what was typed and what was answered stay where they are.
  const [isStranger, setStranger] = useState(false);
  const isRefused = reservation.isError && ["not-allowed", "unknown-reservation"].includes(asProblem(reservation.error).kind);
  if (isRefused && !isStranger) setStranger(true);
  return (
    <Page title={t`Check in`}>
      {reservation.isPending && !isStranger && <ListSkeleton rows={1} height={220} />}
      {reservation.isError && !isRefused && <ProblemAlert error={reservation.error} onRetry={() => void reservation.refetch()} />}
      {isStranger && !reservation.data && <ByCode reservationId={reservationId} first={code ?? ""} />}
      {reservation.data && <Own reservation={reservation.data} />}
    </Page>
  );
}

function Own({ reservation: one }: { reservation: NonNullable<ReturnType<typeof useReservation>["data"]> }) {
  const { t } = useLingui();
  const locale = useLocale();
  const now = useNow(1000);
  const zone = one.resources[0]?.timezone ?? "UTC";
  const stage = visitStage(one, now);
  const opens = new Date(one.check_in_from);
  const [icon, words] = {
    early: ["clock", t`It is too early`] as const,
    open: ["door", t`It is time: come in`] as const,
    in_use: ["check", t`You are checked in`] as const,
    none: ["cross", t`There is nothing to check in to`] as const,
  }[stage];
  return (
    <Card icon={icon} title={words}>
      <Text fw={600}>{one.title || one.resources.map((each) => each.name).join(", ")}</Text>
      <TimeRange start={one.start} end={one.end} zone={zone} />
      {stage === "early" && (
        <>
          <Text fz={40} fw={700} style={{ fontVariantNumeric: "tabular-nums" }}>
            {countdownWords(opens.getTime() - now.getTime(), locale)}
          </Text>
          <Text c="dimmed">
            <Trans>You can check in from {instantWords(opens, zone, locale)}. This page changes by itself.</Trans>
          </Text>
        </>
      )}
      {stage === "none" && (
        <Text c="dimmed">
          {one.state === "pending" ? <Trans>It is not confirmed yet.</Trans> : <Trans>It is over, or was given up.</Trans>}
        </Text>
      )}
      <VisitButtons reservation={one} />
      <Button variant="subtle" renderRoot={(props) => <Link to="/reservations/$reservationId" params={{ reservationId: one.id }} {...props} />}>
        <Trans>See the reservation</Trans>
      </Button>
    </Card>
  );
}

function ByCode({ reservationId, first }: { reservationId: number; first: string }) {
  const { t } = useLingui();
  const [code, setCode] = useState(first);
  const checkingIn = useCheckIn();
  if (checkingIn.isSuccess)
    return (
      <Card icon="check" title={t`You are checked in`}>
        <Text fw={600}>{checkingIn.data.resources.map((each) => each.name).join(", ")}</Text>
        <TimeRange start={checkingIn.data.start} end={checkingIn.data.end} zone={checkingIn.data.resources[0]?.timezone ?? "UTC"} />
      </Card>
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    checkingIn.mutate({ params: { path: { reservation_id: reservationId } }, body: { code } });
  };
  return (
    <Card icon="door" title={t`Check in with the code`}>
      <Text c="dimmed">
        <Trans>Somebody else has reserved this. Whoever has the access code may come in.</Trans>
      </Text>
      <form onSubmit={submit}>
        <Stack>
          {checkingIn.isError && <ProblemAlert error={checkingIn.error} />}
          <TextInput
            label={t`Access code`}
            inputMode="numeric"
            autoComplete="off"
            pattern="[0-9]{4,12}"
            required
            value={code}
            onChange={(event) => setCode(event.currentTarget.value.trim())}
          />
          <Button type="submit" size="md" loading={checkingIn.isPending}>
            <Trans>Check in</Trans>
          </Button>
        </Stack>
      </form>
    </Card>
  );
}

function Card({ icon, title, children }: { icon: IconName; title: string; children: ReactNode }) {
  return (
    <Center>
      <Paper p="xl" withBorder w="100%" maw={460}>
        <Stack align="center" ta="center" gap="sm">
          <ThemeIcon size={64} radius="xl" variant="light">
            <Icon name={icon} size={32} />
          </ThemeIcon>
          <Title order={2}>
            {title}
          </Title>
          {children}
        </Stack>
      </Paper>
    </Center>
  );
}
