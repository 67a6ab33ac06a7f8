import { Trans, useLingui } from "@lingui/react/macro";
import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useLocale } from "@/lib/i18n/useLocale";
import { firstDayOfWeek } from "@/lib/time/format";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { daysOfWeek } from "@/ui/week/layout";
import { useOpeningHours } from "./api/readOpeningHours";
import { exceptionsFrom, type Interval, openOn } from "./openingHours";

const EXCEPTIONS_MAX = 5;

/** When it is open this week, and the next days that differ. */
export function HoursCard({ resourceId, zone }: { resourceId: number; zone: string }) {
  const { t } = useLingui();
  const hours = useOpeningHours(resourceId);
  return (
    <Paper p="lg" withBorder component="section" aria-label={t`Opening hours this week`}>
      <Stack gap="sm">
        <Title order={2}>
          <Trans>Opening hours this week</Trans>
        </Title>
        {hours.isPending && <ListSkeleton rows={2} height={40} />}
        {hours.isError && <ProblemAlert error={hours.error} onRetry={() => void hours.refetch()} />}
        {hours.data && hours.data.effective === null && (
          <Text>
            <Trans>Open at all hours.</Trans>
          </Text>
        )}
        {hours.data?.effective && <Days zone={zone} hours={hours.data.effective} />}
      </Stack>
    </Paper>
  );
}

function Days({ zone, hours }: { zone: string; hours: Parameters<typeof openOn>[1] }) {
  const locale = useLocale();
  const days = daysOfWeek(new Date(), zone, firstDayOfWeek(locale));
  const others = exceptionsFrom(days[6]!.key, hours, EXCEPTIONS_MAX).filter(([day]) => day > days[6]!.key);
  return (
    <>
      {days.map((day) => (
        <Row key={day.key} day={day.key} open={openOn(day.key, hours)} isException={Boolean(hours?.exceptions?.[day.key])} />
      ))}
      {others.length > 0 && (
        <>
          <Title order={3} fz="md" mt="xs">
            <Trans>Days that differ</Trans>
          </Title>
          {others.map(([day, open]) => (
            <Row key={day} day={day} open={open} isException={false} />
          ))}
        </>
      )}
    </>
  );
}

function Row({ day, open, isException }: { day: string; open: readonly Interval[]; isException: boolean }) {
  const { t } = useLingui();
  const locale = useLocale();
  const date = new Intl.DateTimeFormat(locale, { timeZone: "UTC", weekday: "long", day: "numeric", month: "short" });
  const clock = new Intl.DateTimeFormat(locale, { timeZone: "UTC", hour: "numeric", minute: "2-digit" });
  const words = (time: string) => clock.format(new Date(`2001-01-01T${time === "24:00" ? "00:00" : time}:00Z`));
  return (
    <Group justify="space-between" wrap="nowrap" align="flex-start">
      <Text>
        {date.format(new Date(`${day}T00:00:00Z`))}
        {isException && (
          <Text span c="dimmed">
            {" "}
            <Trans>(differs)</Trans>
          </Text>
        )}
      </Text>
      <Text ta="right" c={open.length === 0 ? "dimmed" : undefined}>
        {open.length === 0 ? t`Closed` : open.map(([from, until]) => `${words(from)} – ${words(until)}`).join(", ")}
      </Text>
    </Group>
  );
}
