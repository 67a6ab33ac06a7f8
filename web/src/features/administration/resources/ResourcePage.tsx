import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, Group, Paper, Stack, Tabs } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useSaving } from "@/lib/api/saving";
import { BackLink } from "@/ui/BackLink";
import { ConfirmButton } from "@/ui/form/ConfirmButton";
import { Icon } from "@/ui/Icon";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { Page } from "@/ui/Page";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellDone } from "@/ui/notice/toast";
import { tellUndoable } from "@/ui/notice/undoToast";
import { UnsavedGuard } from "@/ui/form/UnsavedGuard";
import { ClosingButton } from "../closing/ClosingButton";
import { ResourceCalendars } from "../calendars/ResourceCalendars";
import { OpeningHours } from "../rules/OpeningHours";
import { Policy } from "../rules/Policy";
import { Line } from "../waitlist/Line";
import { useChangeResource } from "./api/changeResource";
import { useResource } from "./api/readResource";
import { useRestoreResource } from "./api/restoreResource";
import { useRetireResource } from "./api/retireResource";
import { bodyOf, ResourceFields, useResourceForm, valuesOf } from "./resourceForm";
import type { ResourcePart } from "./search";

type Resource = components["schemas"]["ResourceShape"];

const route = getRouteApi("/signed-in/administration/resources/$resourceId");

export function ResourcePage() {
  const { t } = useLingui();
  const { resourceId } = route.useParams();
  const { part = "facts" } = route.useSearch();
  const navigate = route.useNavigate();
  const resource = useResource(resourceId);
  const one = resource.data;
  const owner = { kind: "resource", id: resourceId } as const;
  return (
    <Page
      title={one?.name ?? t`Resource ${resourceId}`}
      above={
        <BackLink to="/administration/resources">
          <Trans>Resources and sites</Trans>
        </BackLink>
      }
      actions={
        one && (
          <Group>
            {!one.retired && <ClosingButton resource={one} />}
            <Use resource={one} />
          </Group>
        )
      }
    >
      {resource.isPending && <ListSkeleton rows={2} height={180} />}
      {resource.isError && <ProblemAlert error={resource.error} onRetry={() => void resource.refetch()} />}
      {one?.retired && (
        <Alert color="yellow" icon={<Icon name="warning" />} title={t`This is retired`}>
          <Trans>Nobody finds or reserves it any more. What was reserved stays.</Trans>
        </Alert>
      )}
      {one && (
        <Tabs
          value={part}
          keepMounted={false}
          onChange={(next) => void navigate({ search: { part: next === "facts" ? undefined : (next as ResourcePart) } })}
        >
          <Tabs.List mb="md">
            <Tabs.Tab value="facts">{t`What it is`}</Tabs.Tab>
            <Tabs.Tab value="hours">{t`Opening hours`}</Tabs.Tab>
            <Tabs.Tab value="rules">{t`Rules`}</Tabs.Tab>
            <Tabs.Tab value="waitlist">{t`Waitlist`}</Tabs.Tab>
            <Tabs.Tab value="calendars">{t`Calendars`}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="facts">
            <Facts key={one.id} resource={one} />
          </Tabs.Panel>
          <Tabs.Panel value="hours">
            <OpeningHours owner={owner} />
          </Tabs.Panel>
          <Tabs.Panel value="rules">
            <Policy owner={owner} />
          </Tabs.Panel>
          <Tabs.Panel value="waitlist">
            <Line resourceId={one.id} zone={one.timezone} />
          </Tabs.Panel>
          <Tabs.Panel value="calendars">
            <ResourceCalendars resourceId={one.id} zone={one.timezone} />
          </Tabs.Panel>
        </Tabs>
      )}
    </Page>
  );
}

function Facts({ resource }: { resource: Resource }) {
  const { t } = useLingui();
  const changing = useChangeResource();
  const form = useResourceForm(valuesOf(resource));
  const saving = useSaving(form, async (values) => {
    await changing.mutateAsync({ params: { path: { resource_id: resource.id } }, body: bodyOf(values) });
    form.resetDirty(values);
    tellDone(t`Saved.`);
  });
  return (
    <Paper p="lg" withBorder>
      <form noValidate onSubmit={saving.submit}>
        <Stack>
          {saving.refusal !== null && <ProblemAlert error={saving.refusal} />}
          <ResourceFields form={form} />
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

function Use({ resource }: { resource: Resource }) {
  const { t } = useLingui();
  const retiring = useRetireResource();
  const restoring = useRestoreResource();
  const that = { params: { path: { resource_id: resource.id } } };
  const restore = () => restoring.mutateAsync(that);
  const retire = async () => {
    await retiring.mutateAsync(that);
    tellUndoable(t`${resource.name} is retired.`, restore);
  };
  if (resource.retired)
    return (
      <Button loading={restoring.isPending} onClick={() => void restore().then(() => tellDone(t`It is in use again.`))}>
        <Trans>Bring back into use</Trans>
      </Button>
    );
  return (
    <ConfirmButton
      question={t`Retire ${resource.name}?`}
      consequence={<Trans>Nobody can find or reserve it any more. What was reserved stays, and it can be brought back.</Trans>}
      deed={t`Retire it`}
      busy={retiring.isPending}
      onConfirm={retire}
      more={retiring.isError && <ProblemAlert error={retiring.error} />}
    >
      <Trans>Retire</Trans>
    </ConfirmButton>
  );
}
