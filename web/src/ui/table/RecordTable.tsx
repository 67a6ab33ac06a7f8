import { Paper, Table, VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";
import "./record-table.css";

export interface Column<Row> {
  key: string;
  title: string;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the right; `action` is for buttons, whose title only screen readers need. */
  kind?: "number" | "action";
}

interface Props<Row> {
  /** What the rows are, for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string | number;
}

/** Rows of the same kind; on a phone each becomes a card, with the first column as its heading. */
export function RecordTable<Row>({ label, columns, rows, rowKey }: Props<Row>) {
  const align = (one: Column<Row>) => (one.kind === "number" ? "right" : "left");
  const className = (one: Column<Row>) => (one.kind === "action" ? "record-action" : undefined);
  return (
    <Paper withBorder px="sm" py={4} className="record-paper">
      <Table className="record-table" fz="md" verticalSpacing="sm" aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((one) => (
              <Table.Th key={one.key} ta={align(one)} className={className(one)} c="dimmed" fz="sm">
                {one.kind === "action" ? <VisuallyHidden>{one.title}</VisuallyHidden> : one.title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={rowKey(row)}>
              {columns.map((one) => (
                <Table.Td
                  key={one.key}
                  ta={one.kind === "number" ? { sm: "right" } : undefined}
                  className={className(one)}
                  data-title={one.kind === "action" ? undefined : one.title}
                >
                  {one.cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
