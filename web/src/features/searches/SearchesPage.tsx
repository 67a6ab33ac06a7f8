import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Stack } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { EmptyState } from "@/ui/notice/EmptyState";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { Page } from "@/ui/Page";
import { MoreButton } from "@/ui/table/MoreButton";
import { useSearches } from "./api/listSearches";
import { SearchCard } from "./SearchCard";

/** One's own saved searches, with what each finds now; those whose time has passed come last. */
export function SearchesPage() {
  const { t } = useLingui();
  const searches = useSearches();
  const found = searches.data?.pages.flatMap((page) => page.items) ?? [];
  const ordered = [...found.filter((one) => one.state === "live"), ...found.filter((one) => one.state === "over")];
  return (
    <Page title={t`Saved searches`}>
      {searches.isPending && <ListSkeleton rows={2} height={200} />}
      {searches.isError && <ProblemAlert error={searches.error} onRetry={() => void searches.refetch()} />}
      {searches.data && ordered.length === 0 && (
        <EmptyState
          icon="bookmark"
          title={t`You have saved no searches`}
          action={
            <Button renderRoot={(props) => <Link to="/find" {...props} />}>
              <Trans>Find something</Trans>
            </Button>
          }
        >
          <Trans>In Find, say what you need and when, and choose “Save this search”. You will be told when something that fits becomes free.</Trans>
        </EmptyState>
      )}
      {ordered.length > 0 && (
        <Stack gap="md">
          {ordered.map((one) => (
            <SearchCard key={one.id} search={one} />
          ))}
          <MoreButton list={searches} />
        </Stack>
      )}
    </Page>
  );
}
