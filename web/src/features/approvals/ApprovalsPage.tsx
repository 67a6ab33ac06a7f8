import { useLingui } from "@lingui/react/macro";
import { Stack, Text } from "@mantine/core";
import { EmptyState } from "@/ui/notice/EmptyState";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { MoreButton } from "@/ui/table/MoreButton";
import { Page } from "@/ui/Page";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { useWaiting } from "./api/listWaiting";
import { ApprovalCard } from "./ApprovalCard";

export function ApprovalsPage() {
  const { t } = useLingui();
  const waiting = useWaiting();
  const found = waiting.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t`Approvals`}>
      {waiting.isPending && <ListSkeleton rows={2} height={220} />}
      {waiting.isError && <ProblemAlert error={waiting.error} onRetry={() => void waiting.refetch()} />}
      {waiting.data && found.length === 0 && (
        <EmptyState icon="inbox" title={t`Nothing waits for you`}>
          {t`When somebody asks for something that you decide on, it will be listed here, and you will be notified.`}
        </EmptyState>
      )}
      {found.length > 0 && (
        <Stack gap="md">
          <Text c="dimmed">{t`The oldest comes first. Whoever asked is told of your decision.`}</Text>
          {found.map((one) => (
            <ApprovalCard key={one.id} approval={one} />
          ))}
          <MoreButton list={waiting} />
        </Stack>
      )}
    </Page>
  );
}
