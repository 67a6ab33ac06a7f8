import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Paper, Stack, Tabs } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useSaving } from "@/lib/api/saving";
import { BackLink } from "@/ui/BackLink";
import { SubscribeButton } from "@/ui/calendars/SubscribeButton";
import { ConfirmButton } from "@/ui/form/ConfirmButton";
import { EmptyState } from "@/ui/notice/EmptyState";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { Page } from "@/ui/Page";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellDone } from "@/ui/notice/toast";
import { UnsavedGuard } from "@/ui/form/UnsavedGuard";
import { useSites } from "@/features/administration/pickers/api/listSites";
import { Holidays } from "@/features/administration/rules/Holidays";
import { OpeningHours } from "@/features/administration/rules/OpeningHours";
import { Policy } from "@/features/administration/rules/Policy";
import { Terms } from "@/features/administration/rules/Terms";
import { useChangeSite } from "./api/changeSite";
import { useRemoveSite } from "./api/removeSite";
import type { SitePart } from "./search";
import { SiteDrawer } from "./SiteDrawer";
import { SiteFields, useSiteForm } from "./siteForm";

type Site = components["schemas"]["SiteShape"];

const route = getRouteApi("/signed-in/administration/sites/$siteId");

export function SitePage() {
  const { t } = useLingui();
  const { siteId } = route.useParams();
  const sites = useSites();
  const site = sites.data?.items.find((one) => one.id === siteId);
  return (
    <Page
      title={site?.name ?? t`Site ${siteId}`}
      above={
        <BackLink to="/administration/resources">
          <Trans>Resources and sites</Trans>
        </BackLink>
      }
      actions={site && <Actions site={site} />}
    >
      {sites.isPending && <ListSkeleton rows={2} height={180} />}
      {sites.isError && <ProblemAlert error={sites.error} onRetry={() => void sites.refetch()} />}
      {sites.data && !site && (
        <EmptyState icon="search" title={t`There is no such site`}>
          <Trans>Somebody may have removed it.</Trans>
        </EmptyState>
      )}
      {site && <Parts site={site} />}
    </Page>
  );
}

function Parts({ site }: { site: Site }) {
  const { t } = useLingui();
  const { part = "facts" } = route.useSearch();
  const navigate = route.useNavigate();
  const owner = { kind: "site", id: site.id } as const;
  return (
    <Tabs
      value={part}
      keepMounted={false}
      onChange={(next) => void navigate({ search: { part: next === "facts" ? undefined : (next as SitePart) } })}
    >
      <Tabs.List mb="md">
        <Tabs.Tab value="facts">{t`What it is`}</Tabs.Tab>
        <Tabs.Tab value="hours">{t`Opening hours`}</Tabs.Tab>
        <Tabs.Tab value="rules">{t`Rules`}</Tabs.Tab>
        <Tabs.Tab value="terms">{t`Terms`}</Tabs.Tab>
        <Tabs.Tab value="holidays">{t`Holidays`}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="facts">
        <Facts key={site.id} site={site} />
      </Tabs.Panel>
      <Tabs.Panel value="hours">
        <OpeningHours owner={owner} />
      </Tabs.Panel>
      <Tabs.Panel value="rules">
        <Policy owner={owner} />
      </Tabs.Panel>
      <Tabs.Panel value="terms">
        <Terms siteId={site.id} />
      </Tabs.Panel>
      <Tabs.Panel value="holidays">
        <Holidays siteId={site.id} />
      </Tabs.Panel>
    </Tabs>
  );
}

function Facts({ site }: { site: Site }) {
  const { t } = useLingui();
  const changing = useChangeSite();
  const { name, kind, parent_id, timezone } = site;
  const form = useSiteForm({ name, kind, parent_id, timezone });
  const saving = useSaving(form, async (body) => {
    await changing.mutateAsync({ params: { path: { site_id: site.id } }, body });
    form.resetDirty(body);
    tellDone(t`Saved.`);
  });
  return (
    <Paper p="lg" withBorder>
      <form noValidate onSubmit={saving.submit}>
        <Stack>
          {saving.refusal !== null && <ProblemAlert error={saving.refusal} />}
          <SiteFields form={form} own={site.id} />
          <Group>
            <Button type="submit" loading={saving.busy}>
              <Trans>Save</Trans>
            </Button>
          </Group>
        </Stack>
      </form>
      <UnsavedGuard dirty={form.isDirty()} />
    </Paper>
  );
}

function Actions({ site }: { site: Site }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const removing = useRemoveSite();
  const [making, { open, close }] = useDisclosure();
  const remove = async () => {
    await removing.mutateAsync({ params: { path: { site_id: site.id } } });
    tellDone(t`${site.name} is removed.`);
    await navigate({ to: "/administration/resources" });
  };
  return (
    <Group gap="xs">
      <Button variant="default" onClick={open}>
        <Trans>New site inside</Trans>
      </Button>
      <SubscribeButton kind="site" id={site.id} name={site.name} />
      <ConfirmButton
        question={t`Remove ${site.name}?`}
        consequence={<Trans>Its opening hours, rules, terms and holidays go with it. Nothing may be in it any more.</Trans>}
        deed={t`Remove the site`}
        busy={removing.isPending}
        onConfirm={remove}
        more={removing.isError && <ProblemAlert error={removing.error} />}
      >
        <Trans>Remove</Trans>
      </ConfirmButton>
      {making && <SiteDrawer parentId={site.id} onClose={close} />}
    </Group>
  );
}
