import { useLingui } from "@lingui/react/macro";
import { SimpleGrid } from "@mantine/core";
import { EmptyState } from "@/ui/notice/EmptyState";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { Page } from "@/ui/Page";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { useStandings } from "./api/listStandings";
import { QuotaCard } from "./QuotaCard";

export function QuotasPage() {
  const { t } = useLingui();
  const standings = useStandings();
  return (
    <Page title={t`My quotas`}>
      {standings.isPending && <ListSkeleton rows={2} height={180} />}
      {standings.isError && <ProblemAlert error={standings.error} onRetry={() => void standings.refetch()} />}
      {standings.data?.items.length === 0 && (
        <EmptyState icon="gauge" title={t`No quota limits you`}>
          {t`You may reserve as much as the rules of each resource allow. If that changes, what is left will be shown here.`}
        </EmptyState>
      )}
      {standings.data && standings.data.items.length > 0 && (
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
          {standings.data.items.map((one) => (
            <QuotaCard key={`${one.allowance.id}-${one.period.start}-${one.period.timezone}`} standing={one} />
          ))}
        </SimpleGrid>
      )}
    </Page>
  );
}
