import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Box, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { asProblem } from "@/lib/api/problem";
import { useLocale } from "@/lib/i18n/useLocale";
import { rangeWords } from "@/lib/time/format";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { SvgPicture } from "@/ui/SvgPicture";
import { useAccessCode } from "../api/readAccessCode";
import { useCheckInPicture } from "../api/readCheckInPicture";

type Reservation = components["schemas"]["ReservationDetail"];

/** What opens the door: the code if there is one, and the QR code to check in by; both shown when they are asked for. */
export function DoorCard({ reservation: one }: { reservation: Reservation }) {
  const { t } = useLingui();
  const [code, setCode] = useState(false);
  const [picture, setPicture] = useState(false);
  const hasCode = one.confirmations.some((each) => each.step === "access");
  return (
    <Paper p="lg" withBorder component="section" aria-label={t`At the door`}>
      <Stack>
        <Title order={2}>
          <Trans>At the door</Trans>
        </Title>
        <Group gap="sm">
          {hasCode && (
            <Button variant="default" aria-expanded={code} onClick={() => setCode(!code)}>
              {code ? t`Hide the access code` : t`Show the access code`}
            </Button>
          )}
          <Button variant="default" aria-expanded={picture} onClick={() => setPicture(!picture)}>
            {picture ? t`Hide the QR code` : t`QR code to check in`}
          </Button>
        </Group>
        {code && <Code reservation={one} />}
        {picture && <Picture reservationId={one.id} />}
      </Stack>
    </Paper>
  );
}

function Code({ reservation }: { reservation: Reservation }) {
  const locale = useLocale();
  const code = useAccessCode(reservation.id, true);
  const zone = reservation.resources[0]?.timezone ?? "UTC";
  if (code.isPending) return <ListSkeleton rows={1} height={56} />;
  if (code.isError)
    return asProblem(code.error).kind === "unknown-access-code" ? (
      <Text>
        <Trans>This reservation has no access code.</Trans>
      </Text>
    ) : (
      <ProblemAlert error={code.error} onRetry={() => void code.refetch()} />
    );
  const words = rangeWords(new Date(code.data.valid_from), new Date(code.data.valid_until), zone, locale);
  if (code.data.code === null)
    return (
      <Text>
        <Trans>The access code is not valid any more.</Trans>
      </Text>
    );
  return (
    <Box>
      <Text fz={34} fw={700} ff="monospace" lts={6}>
        {code.data.code}
      </Text>
      <Text c="dimmed">
        <Trans>
          Opens {words.date}, {words.time}. It is yours alone.
        </Trans>
      </Text>
    </Box>
  );
}

function Picture({ reservationId }: { reservationId: number }) {
  const { t } = useLingui();
  const picture = useCheckInPicture(reservationId, true);
  if (picture.isPending) return <ListSkeleton rows={1} height={200} />;
  if (picture.isError) return <ProblemAlert error={picture.error} onRetry={() => void picture.refetch()} />;
  return <SvgPicture svg={picture.data} alt={t`QR code that opens check-in`} size={220} />;
}
