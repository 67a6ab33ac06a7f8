import { Trans } from "@lingui/react/macro";
import { Button, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { type Column, RecordTable } from "./RecordTable";

/** As much of a list that is read page by page as showing it needs. */
export interface PagedList<Row> {
  data?: { pages: { items: Row[] }[] };
  error: unknown;
  isError: boolean;
  isPending: boolean;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
}

interface Props<Row> {
  label: string;
  list: PagedList<Row>;
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string | number;
  /** Stands there if there is nothing. */
  empty: ReactNode;
}

/** A table of a list that comes page by page: while it loads, when it is refused, when it is empty, and more of it. */
export function PagedTable<Row>({ label, list, columns, rowKey, empty }: Props<Row>) {
  if (list.isPending) return <ListSkeleton height={56} rows={6} />;
  if (list.isError || !list.data) return <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) return empty;
  return (
    <Stack gap="sm">
      <RecordTable label={label} columns={columns} rows={rows} rowKey={rowKey} />
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          <Trans>Show more</Trans>
        </Button>
      )}
    </Stack>
  );
}
