import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";

interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => Promise<unknown>;
}

/** Stands below a list that goes on, and fetches its next page. */
export function MoreButton({ list }: { list: Pages }) {
  if (!list.hasNextPage) return null;
  return (
    <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
      <Trans>Show more</Trans>
    </Button>
  );
}
