import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Badge, Button, Checkbox, Grid, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback, useDisclosure } from "@mantine/hooks";
import { getRouteApi, Link } from "@tanstack/react-router";
import { BackLink } from "@/ui/BackLink";
import { EmptyState } from "@/ui/notice/EmptyState";
import { Icon } from "@/ui/Icon";
import { Page } from "@/ui/Page";
import { PagedTable } from "@/ui/table/PagedTable";
import { useTags } from "../pickers/api/listTags";
import { useResources } from "./api/listResources";
import { ExportButton } from "./ExportButton";
import { ResourceDrawer } from "./ResourceDrawer";
import { SiteTree } from "@/features/administration/sites/SiteTree";

type Resource = components["schemas"]["ResourceShape"];

const route = getRouteApi("/signed-in/administration/resources");
const TYPING_MS = 250;

export function ResourcesPage() {
  const { t } = useLingui();
  const { site } = route.useSearch();
  const navigate = route.useNavigate();
  const [making, { open, close }] = useDisclosure();
  return (
    <Page
      title={t`Resources and sites`}
      width="wide"
      above={
        <BackLink to="/administration">
          <Trans>Administration</Trans>
        </BackLink>
      }
      actions={
        <Group gap="xs">
          <Button variant="default" leftSection={<Icon name="up" />} renderRoot={(props) => <Link to="/administration/import" {...props} />}>
            <Trans>Import</Trans>
          </Button>
          <ExportButton />
          <Button leftSection={<Icon name="plus" />} onClick={open}>
            <Trans>New resource</Trans>
          </Button>
        </Group>
      }
    >
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 4, lg: 3 }}>
          <SiteTree chosen={site} onChoose={(id) => void navigate({ search: (before) => ({ ...before, site: id }) })} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 8, lg: 9 }}>
          <Stack>
            <Filters />
            <Found onNew={open} />
          </Stack>
        </Grid.Col>
      </Grid>
      {making && <ResourceDrawer siteId={site ?? null} onClose={close} />}
    </Page>
  );
}

function Filters() {
  const { t } = useLingui();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const tags = useTags().data?.items.map((one) => one.tag) ?? [];
  const change = (part: Partial<typeof search>) => void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const changeText = useDebouncedCallback((text: string) => change({ text: text.trim() || undefined }), TYPING_MS);
  const changeKind = useDebouncedCallback((kind: string) => change({ kind: kind.trim() || undefined }), TYPING_MS);
  return (
    <Group align="flex-end" gap="sm">
      <TextInput label={t`Search`} defaultValue={search.text} flex="1 1 180px" leftSection={<Icon name="search" />} onChange={(event) => changeText(event.currentTarget.value)} />
      <TextInput label={t`Kind`} defaultValue={search.kind} flex="1 1 120px" onChange={(event) => changeKind(event.currentTarget.value)} />
      <Select label={t`Tag`} data={tags} value={search.tag ?? null} clearable searchable flex="1 1 140px" clearButtonProps={{ "aria-label": t`Any tag` }} onChange={(tag) => change({ tag: tag ?? undefined })} />
      <Checkbox mb={10} label={t`Retired ones`} checked={search.retired ?? false} onChange={(event) => change({ retired: event.currentTarget.checked || undefined })} />
    </Group>
  );
}

function Found({ onNew }: { onNew: () => void }) {
  const { t } = useLingui();
  const { tag, site, ...same } = route.useSearch();
  const list = useResources({ ...same, tags: tag ? [tag] : undefined, site_id: site });
  const filtered = Object.values({ tag, site, ...same }).some((one) => one !== undefined);
  const columns = [
    { key: "name", title: t`Name`, cell: (one: Resource) => <Name resource={one} /> },
    { key: "kind", title: t`Kind`, cell: (one: Resource) => one.kind },
    { key: "place", title: t`Place`, cell: (one: Resource) => one.site_path.join(" / ") || "–" },
    { key: "capacity", title: t`Capacity`, kind: "number" as const, cell: (one: Resource) => one.capacity ?? "–" },
    { key: "tags", title: t`Tags`, cell: (one: Resource) => <Tags tags={one.tags} /> },
  ];
  return (
    <PagedTable
      label={t`Resources`}
      list={list}
      columns={columns}
      rowKey={(one) => one.id}
      empty={
        filtered ? (
          <EmptyState icon="search" title={t`Nothing fits`}>
            <Trans>No resource fits all of this. Leave something out.</Trans>
          </EmptyState>
        ) : (
          <EmptyState icon="box" title={t`No resources yet`} action={<Button onClick={onNew}>{t`New resource`}</Button>}>
            <Trans>Make the first one, or import many from a CSV file.</Trans>
          </EmptyState>
        )
      }
    />
  );
}

function Name({ resource }: { resource: Resource }) {
  return (
    <Anchor fw={600} renderRoot={(props) => <Link to="/administration/resources/$resourceId" params={{ resourceId: resource.id }} {...props} />}>
      {resource.name}
    </Anchor>
  );
}

function Tags({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return <Text span>–</Text>;
  return (
    <Group gap={4}>
      {tags.map((tag) => (
        <Badge key={tag} variant="light" color="gray" tt="none" fw={500}>
          {tag}
        </Badge>
      ))}
    </Group>
  );
}
