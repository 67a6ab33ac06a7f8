import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Button, Menu, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useLocale } from "@/lib/i18n/useLocale";
import { keepFile } from "@/lib/download";
import { instantWords } from "@/lib/time/format";
import { useViewerZone } from "@/lib/time/ViewerZone";
import { BackLink } from "@/ui/BackLink";
import { EmptyState } from "@/ui/notice/EmptyState";
import { Icon } from "@/ui/Icon";
import { Page } from "@/ui/Page";
import { PagedTable } from "@/ui/table/PagedTable";
import { tellProblem } from "@/ui/notice/toast";
import { PersonPicker } from "../pickers/PersonPicker";
import { exportEntries } from "./api/exportEntries";
import { useEntries } from "./api/listEntries";
import { EntryDrawer } from "./EntryDrawer";
import { filtersOf } from "./filters";
import { VerifyCard } from "./VerifyCard";

type Entry = components["schemas"]["EntryShown"];

const route = getRouteApi("/signed-in/administration/audit");
const TYPING_MS = 300;

export function AuditPage() {
  const { t } = useLingui();
  const locale = useLocale();
  const zone = useViewerZone();
  const list = useEntries(filtersOf(route.useSearch(), zone));
  const [open, setOpen] = useState<Entry | null>(null);
  return (
    <Page
      title={t`Audit log`}
      width="wide"
      above={
        <BackLink to="/administration">
          <Trans>Administration</Trans>
        </BackLink>
      }
      actions={<ExportMenu />}
    >
      <VerifyCard />
      <Filters />
      <PagedTable
        label={t`Entries`}
        list={list}
        rowKey={(one) => one.sequence}
        columns={[
          {
            key: "what",
            title: t`What`,
            cell: (one: Entry) => (
              <Stack gap={0}>
                <Anchor component="button" type="button" fw={600} ta="left" onClick={() => setOpen(one)}>
                  {one.type.replace(/^berth\.|\.v\d+$/g, "")}
                </Anchor>
                <Text size="sm" c="dimmed">
                  {one.subject}
                </Text>
              </Stack>
            ),
          },
          { key: "who", title: t`Who`, cell: (one: Entry) => one.actor?.name ?? (one.actor ? `#${one.actor.id}` : t`Berth itself`) },
          { key: "when", title: t`When`, cell: (one: Entry) => instantWords(new Date(one.occurred_at), zone, locale) },
          { key: "from", title: t`From where`, cell: (one: Entry) => one.address ?? "–" },
        ]}
        empty={
          <EmptyState icon="log" title={t`No such entries`}>
            <Trans>Nothing that was recorded fits all of this. Leave something out.</Trans>
          </EmptyState>
        }
      />
      {open && <EntryDrawer entry={open} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function Filters() {
  const { t } = useLingui();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (part: Partial<typeof search>) => void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const changeText = useDebouncedCallback((part: Partial<typeof search>) => change(part), TYPING_MS);
  const written = (name: "kind" | "subject" | "type" | "text") => ({
    defaultValue: search[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => changeText({ [name]: event.currentTarget.value.trim() || undefined }),
  });
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
      <PersonPicker label={t`Who`} value={search.actor ?? null} onChange={(id) => change({ actor: id ?? undefined })} />
      <TextInput label={t`Subject`} placeholder="reservation/42" {...written("subject")} />
      <TextInput label={t`Kind of subject`} placeholder="resource" {...written("kind")} />
      <TextInput label={t`Type`} placeholder="berth.catalog.resource_changed.v1" {...written("type")} />
      <TextInput type="date" label={t`From`} value={search.from ?? ""} onChange={(event) => change({ from: event.currentTarget.value || undefined })} />
      <TextInput type="date" label={t`Until`} value={search.until ?? ""} onChange={(event) => change({ until: event.currentTarget.value || undefined })} />
      <TextInput label={t`Text in the data`} leftSection={<Icon name="search" />} {...written("text")} />
    </SimpleGrid>
  );
}

function ExportMenu() {
  const { t } = useLingui();
  const zone = useViewerZone();
  const filters = filtersOf(route.useSearch(), zone);
  const exporting = useMutation({
    mutationFn: (format: "csv" | "json") => exportEntries(filters, format),
    onSuccess: (file, format) => keepFile(file, `audit.${format}`),
    onError: tellProblem,
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="down" />} loading={exporting.isPending}>
          <Trans>Export</Trans>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => exporting.mutate("csv")}>{t`CSV, for a spreadsheet`}</Menu.Item>
        <Menu.Item onClick={() => exporting.mutate("json")}>{t`JSON, to verify it`}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
