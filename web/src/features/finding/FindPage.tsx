import { Trans, useLingui } from "@lingui/react/macro";
import { Button, SegmentedControl } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect } from "react";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { Page } from "@/ui/Page";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { Filters } from "./Filters";
import { Nothing } from "./Nothing";
import { ResourceList } from "./ResourceList";
import { SaveSearch } from "./SaveSearch";
import type { View } from "./search";
import { TimelineView } from "./TimelineView";
import { useFound } from "./useFound";

const route = getRouteApi("/signed-in/find");
/** A timeline has room for as many resources as a schedule may be asked for. */
const TIMELINE_ROWS_MAX = 500;

/** Everything that can be reserved, narrowed by what one needs, as a list or on a timeline. */
export function FindPage() {
  const { t } = useLingui();
  const isPhone = useMediaQuery("(max-width: 48em)", undefined, { getInitialValueInEffect: false });
  const { view = isPhone ? "list" : "timeline" } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page
      title={t`Find`}
      width="wide"
      actions={
        <SegmentedControl
          aria-label={t`How it is shown`}
          value={view}
          onChange={(next) => void navigate({ search: (old) => ({ ...old, view: next as View }) })}
          data={[
            { value: "list", label: t`List` },
            { value: "timeline", label: t`Timeline` },
          ]}
        />
      }
    >
      <Filters />
      <SaveSearch />
      <Found view={view} />
    </Page>
  );
}

function Found({ view }: { view: View }) {
  const wanted = route.useSearch();
  const { rows, list: found } = useFound(wanted);
  const { hasNextPage, isFetching, fetchNextPage } = found;
  const isMoreWanted = view === "timeline" && hasNextPage && !isFetching && rows.length < TIMELINE_ROWS_MAX;
  useEffect(() => {
    if (isMoreWanted) void fetchNextPage();
  }, [isMoreWanted, fetchNextPage]);
  if (found.isPending) return <ListSkeleton rows={6} height={64} />;
  if (found.isError) return <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />;
  if (rows.length === 0) return <Nothing wanted={wanted} />;
  if (view === "timeline") return <TimelineView rows={rows.slice(0, TIMELINE_ROWS_MAX)} />;
  return (
    <>
      <ResourceList found={rows} />
      {hasNextPage && (
        <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void fetchNextPage()}>
          <Trans>Show more</Trans>
        </Button>
      )}
    </>
  );
}
