import type { components } from "@generated/schema";
import { useLingui } from "@lingui/react/macro";
import { Paper, Stack, Text, Timeline, Title } from "@mantine/core";
import { useLocale } from "@/lib/i18n/useLocale";
import { instantWords } from "@/lib/time/format";
import { useViewerZone } from "@/lib/time/ViewerZone";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { useHistory } from "./api/readHistory";
import { useChangeWords } from "./changeWords";

/** All that happened to a reservation, oldest first. */
export function HistoryList({ reservation }: { reservation: components["schemas"]["ReservationShown"] }) {
  const { t } = useLingui();
  const locale = useLocale();
  const zone = useViewerZone();
  const words = useChangeWords();
  const history = useHistory(reservation.id);
  return (
    <Paper p="lg" withBorder component="section">
      <Stack>
        <Title order={2}>{t`History`}</Title>
        {history.isPending && <ListSkeleton rows={1} />}
        {history.isError && <ProblemAlert error={history.error} onRetry={() => void history.refetch()} />}
        {history.data && (
          <Timeline bulletSize={14} lineWidth={2}>
            {history.data.items.map((change) => (
              <Timeline.Item key={change.version} title={words(change.what)}>
                <Text size="sm" c="dimmed">
                  {change.actor.name} · {instantWords(new Date(change.changed_at), zone, locale)}
                </Text>
              </Timeline.Item>
            ))}
          </Timeline>
        )}
      </Stack>
    </Paper>
  );
}
