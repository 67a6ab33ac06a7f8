import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Badge, Button, Group, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { ConfirmButton } from "@/ui/form/ConfirmButton";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { Icon } from "@/ui/Icon";
import { EmptyState } from "@/ui/notice/EmptyState";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellDone } from "@/ui/notice/toast";
import { type Column, RecordTable } from "@/ui/table/RecordTable";

/** A term or a holiday: both have the same members. */
export type Days = components["schemas"]["TermShape"];

/** What is written in the form; no last day is an empty one. */
export interface Stated extends Record<string, string> {
  name: string;
  first_day: string;
  last_day: string;
}

interface Props {
  listed: { data?: { items: Days[] }; isPending: boolean; isError: boolean; error: unknown; refetch: () => Promise<unknown> };
  /** What they are called, in the places where they are. */
  words: { all: string; none: string; new: string; explained: ReactNode; remove: string; removed: ReactNode };
  /** How their days are written. */
  columns: readonly Column<Days>[];
  /** Says what is wrong with the last day, if anything. */
  lastDayFault: (last: string, stated: Stated) => string | null;
  lastDayHint?: string;
  onCreate: (stated: Stated) => Promise<unknown>;
  onChange: (id: number, stated: Stated) => Promise<unknown>;
  onRemove: (id: number) => Promise<unknown>;
}

/** The terms or the holidays of a site, with those of the sites above, which are changed there. */
export function SiteDays(props: Props) {
  const { listed, words, columns } = props;
  const { t } = useLingui();
  const [open, setOpen] = useState<Days | "new" | null>(null);
  if (listed.isPending) return <ListSkeleton height={56} />;
  if (listed.isError || !listed.data) return <ProblemAlert error={listed.error} onRetry={() => void listed.refetch()} />;
  const { items } = listed.data;
  const add = (
    <Button leftSection={<Icon name="plus" />} onClick={() => setOpen("new")}>
      {words.new}
    </Button>
  );
  const deeds = (one: Days) => <Deeds {...props} days={one} onOpen={() => setOpen(one)} />;
  return (
    <Stack>
      {items.length === 0 ? (
        <EmptyState icon="calendar" title={words.none} action={add}>
          {words.explained}
        </EmptyState>
      ) : (
        <>
          <Group justify="flex-end">{add}</Group>
          <RecordTable
            label={words.all}
            rows={items}
            rowKey={(one) => one.id}
            columns={[
              { key: "name", title: t`Name`, cell: (one) => one.name },
              ...columns,
              { key: "deeds", title: t`Deeds`, kind: "action", cell: deeds },
            ]}
          />
        </>
      )}
      {open !== null && <DaysDrawer {...props} days={open === "new" ? null : open} onClose={() => setOpen(null)} />}
    </Stack>
  );
}

function Deeds({ days, words, onOpen, onRemove }: Props & { days: Days; onOpen: () => void }) {
  const { t } = useLingui();
  const removing = useMutation({ mutationFn: () => onRemove(days.id) });
  if (days.inherited)
    return (
      <Badge variant="light" color="gray" tt="none" miw="max-content">
        <Trans>Inherited</Trans>
      </Badge>
    );
  return (
    <Group gap="xs" wrap="nowrap">
      <Button size="compact-md" variant="default" onClick={onOpen}>
        <Trans>Change</Trans>
      </Button>
      <ConfirmButton
        size="compact-md"
        question={t`Remove ${days.name}?`}
        consequence={words.removed}
        deed={words.remove}
        busy={removing.isPending}
        onConfirm={() => removing.mutateAsync()}
        more={removing.isError && <ProblemAlert error={removing.error} />}
      >
        <Trans>Remove</Trans>
      </ConfirmButton>
    </Group>
  );
}

function DaysDrawer(props: Props & { days: Days | null; onClose: () => void }) {
  const { days, words, lastDayFault, lastDayHint, onCreate, onChange, onClose } = props;
  const { t } = useLingui();
  const needed = (text: string) => (text.trim() ? null : t`This is needed.`);
  const form = useForm<Stated>({
    initialValues: { name: days?.name ?? "", first_day: days?.first_day ?? "", last_day: days?.last_day ?? "" },
    validate: { name: needed, first_day: needed, last_day: lastDayFault },
  });
  const save = async (stated: Stated) => {
    await (days ? onChange(days.id, stated) : onCreate(stated));
    tellDone(t`Saved.`);
  };
  return (
    <FormDrawer title={days ? days.name : words.new} form={form} onSave={save} onClose={onClose} deed={t`Save`}>
      <TextInput label={t`Name`} maxLength={200} {...form.getInputProps("name")} />
      <TextInput type="date" label={t`First day`} {...form.getInputProps("first_day")} />
      <TextInput type="date" label={t`Last day`} description={lastDayHint} {...form.getInputProps("last_day")} />
    </FormDrawer>
  );
}
