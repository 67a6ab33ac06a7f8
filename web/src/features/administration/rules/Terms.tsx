import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Badge, Button, Group, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { ConfirmButton } from "@/ui/form/ConfirmButton";
import { EmptyState } from "@/ui/notice/EmptyState";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { Icon } from "@/ui/Icon";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { RecordTable } from "@/ui/table/RecordTable";
import { tellDone } from "@/ui/notice/toast";
import { useLocale } from "@/lib/i18n/useLocale";
import { useChangeTerm } from "./terms/changeTerm";
import { useCreateTerm } from "./terms/createTerm";
import { useTerms } from "./terms/listTerms";
import { useRemoveTerm } from "./terms/removeTerm";

type Term = components["schemas"]["TermShape"];

/** The terms of a site, with those of the sites above. */
export function Terms({ siteId }: { siteId: number }) {
  const { t } = useLingui();
  const locale = useLocale();
  const terms = useTerms(siteId);
  const [open, setOpen] = useState<Term | "new" | null>(null);
  if (terms.isPending) return <ListSkeleton height={56} />;
  if (terms.isError) return <ProblemAlert error={terms.error} onRetry={() => void terms.refetch()} />;
  const day = (text: string) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(text));
  const add = (
    <Button leftSection={<Icon name="plus" />} onClick={() => setOpen("new")}>
      <Trans>New term</Trans>
    </Button>
  );
  return (
    <Stack>
      {terms.data.items.length === 0 ? (
        <EmptyState icon="calendar" title={t`No terms`} action={add}>
          <Trans>A term is a named stretch of days, such as an academic one. Quotas can be counted by it.</Trans>
        </EmptyState>
      ) : (
        <>
          <Group justify="flex-end">{add}</Group>
          <RecordTable
            label={t`Terms`}
            rows={terms.data.items}
            rowKey={(one) => one.id}
            columns={[
              { key: "name", title: t`Name`, cell: (one) => one.name },
              { key: "first", title: t`First day`, cell: (one) => day(one.first_day) },
              { key: "last", title: t`Last day`, cell: (one) => day(one.last_day) },
              {
                key: "deeds",
                title: t`Deeds`,
                kind: "action",
                cell: (one) =>
                  one.inherited ? (
                    <Badge variant="light" color="gray" tt="none">
                      <Trans>Inherited</Trans>
                    </Badge>
                  ) : (
                    <Group gap="xs" wrap="nowrap">
                      <Button size="compact-md" variant="default" onClick={() => setOpen(one)}>
                        <Trans>Change</Trans>
                      </Button>
                      <RemoveTerm term={one} />
                    </Group>
                  ),
              },
            ]}
          />
        </>
      )}
      {open !== null && <TermDrawer siteId={siteId} term={open === "new" ? null : open} onClose={() => setOpen(null)} />}
    </Stack>
  );
}

function TermDrawer({ siteId, term, onClose }: { siteId: number; term: Term | null; onClose: () => void }) {
  const { t } = useLingui();
  const creating = useCreateTerm();
  const changing = useChangeTerm();
  const needed = (text: string) => (text.trim() ? null : t`This is needed.`);
  const form = useForm({
    initialValues: { name: term?.name ?? "", first_day: term?.first_day ?? "", last_day: term?.last_day ?? "" },
    validate: { name: needed, first_day: needed, last_day: needed },
  });
  const save = async (body: typeof form.values) => {
    if (term) await changing.mutateAsync({ params: { path: { site_id: siteId, term_id: term.id } }, body });
    else await creating.mutateAsync({ params: { path: { site_id: siteId } }, body });
    tellDone(t`Saved.`);
  };
  return (
    <FormDrawer title={term ? term.name : t`New term`} form={form} onSave={save} onClose={onClose} deed={t`Save`}>
      <TextInput label={t`Name`} maxLength={200} {...form.getInputProps("name")} />
      <TextInput type="date" label={t`First day`} {...form.getInputProps("first_day")} />
      <TextInput type="date" label={t`Last day`} {...form.getInputProps("last_day")} />
    </FormDrawer>
  );
}

function RemoveTerm({ term }: { term: Term }) {
  const { t } = useLingui();
  const removing = useRemoveTerm();
  return (
    <ConfirmButton
      size="compact-md"
      question={t`Remove ${term.name}?`}
      consequence={<Trans>Quotas are no longer counted by this term.</Trans>}
      deed={t`Remove the term`}
      busy={removing.isPending}
      onConfirm={() => removing.mutateAsync({ params: { path: { site_id: term.site_id, term_id: term.id } } })}
      more={removing.isError && <ProblemAlert error={removing.error} />}
    >
      <Trans>Remove</Trans>
    </ConfirmButton>
  );
}
