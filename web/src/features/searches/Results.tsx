import { Trans, useLingui } from "@lingui/react/macro";
import { Group, List, Skeleton, Stack, Text } from "@mantine/core";
import { useLocale } from "@/lib/i18n/useLocale";
import { rangeWords } from "@/lib/time/format";
import { Icon } from "@/ui/Icon";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { SHOWN_MAX, useResults } from "./api/readResults";
import type { Search } from "./SearchCard";

/** What a search finds now: the best, and whether there is more. */
export function Results({ search }: { search: Search }) {
  const { t } = useLingui();
  const results = useResults(search.id);
  const locale = useLocale();
  if (results.isPending) return <Skeleton height={24} aria-label={t`Loading`} />;
  if (results.isError) return <ProblemAlert error={results.error} onRetry={() => void results.refetch()} />;
  const found = results.data.items;
  if (found.length === 0)
    return (
      <Text c="dimmed">
        <Trans>Nothing that fits is free now.</Trans>
      </Text>
    );
  return (
    <Stack gap={4}>
      <Group gap={6} wrap="nowrap">
        <Text span c="green.9" lh={0} darkHidden>
          <Icon name="check" />
        </Text>
        <Text span c="green.4" lh={0} lightHidden>
          <Icon name="check" />
        </Text>
        <Text fw={600}>
          <Trans>Free now</Trans>
        </Text>
      </Group>
      <List spacing={2} withPadding>
        {found.slice(0, SHOWN_MAX).map((one) => {
          const when = rangeWords(new Date(one.start), new Date(one.end), one.resource.timezone, locale);
          return (
            <List.Item key={one.resource.id}>
              {one.resource.name}
              {search.minutes !== null && `, ${when.date}, ${when.time}`}
            </List.Item>
          );
        })}
        {found.length > SHOWN_MAX && (
          <List.Item>
            <Trans>and more</Trans>
          </List.Item>
        )}
      </List>
    </Stack>
  );
}
