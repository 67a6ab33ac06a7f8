import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, Checkbox, Drawer, Group, Stack, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { asProblem } from "@/lib/api/problem";
import { useSaving } from "@/lib/api/saving";
import { fieldsOf } from "@/lib/time/fields";
import { zoneWords } from "@/lib/time/format";
import { Icon } from "@/ui/Icon";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellDone } from "@/ui/notice/toast";
import { TimeRange } from "@/ui/TimeRange";
import { useCloseResource } from "./api/closeResource";
import { usePreviewClosing } from "./api/previewClosing";
import { ClosingItems } from "./ClosingItems";
import { type ClosingFields, timeOf } from "./closingTime";

type Preview = components["schemas"]["ClosingPreview"];

const DAY_MS = 86_400_000;
const REASON_LENGTH_MAX = 500;

interface Props {
  resource: { id: number; name: string; timezone: string };
  onClose: () => void;
}

/** Closes a resource for a day: first it is shown what becomes of all that is in it, then one button does that. */
export function ClosingDrawer({ resource, onClose }: Props) {
  const { t } = useLingui();
  const closing = useClosingOf(resource, onClose);
  const { form, preview } = closing;
  const place = zoneWords(resource.timezone);
  return (
    <Drawer.Root opened onClose={onClose} position="right" size="xl">
      <Drawer.Overlay />
      <Drawer.Content>
        <Drawer.Header role="presentation">
          <Drawer.Title fz="h2" fw={650}>
            {t`Close ${resource.name}`}
          </Drawer.Title>
          <Drawer.CloseButton aria-label={t`Close`} />
        </Drawer.Header>
        <Drawer.Body>
          <form noValidate onSubmit={closing.look.submit}>
            <Stack>
              <TextInput type="date" label={t`Day`} description={t`In ${place} time`} {...form.getInputProps("day")} />
              <Checkbox label={t`The whole day`} {...form.getInputProps("whole", { type: "checkbox" })} />
              {!form.values.whole && (
                <Group grow align="flex-start">
                  <TextInput type="time" label={t`From`} {...form.getInputProps("from")} />
                  <TextInput type="time" label={t`Until`} {...form.getInputProps("until")} />
                </Group>
              )}
              <TextInput
                label={t`Reason`}
                description={t`Everybody sees it.`}
                maxLength={REASON_LENGTH_MAX}
                {...form.getInputProps("reason")}
              />
              {closing.look.refusal !== null && <ProblemAlert error={closing.look.refusal} />}
              <Group justify="flex-end">
                <Button type="submit" variant={preview ? "default" : "filled"} loading={closing.look.busy}>
                  <Trans>Show what happens</Trans>
                </Button>
              </Group>
            </Stack>
          </form>
          {preview && <Shown preview={preview} closing={closing} />}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function Shown({ preview, closing }: { preview: Preview; closing: ReturnType<typeof useClosingOf> }) {
  const { t } = useLingui();
  const { move, cancel } = preview.counts;
  const zone = preview.resource.timezone;
  return (
    <Stack mt="lg" role="region" aria-label={t`What happens`}>
      <Title order={3}>
        <Trans>What happens</Trans>
      </Title>
      {closing.outdated && (
        <Alert color="yellow" icon={<Icon name="warning" />} title={t`The calendar has changed meanwhile`} role="alert">
          <Trans>Nothing was done. This is how it is now; look at it, and confirm again.</Trans>
        </Alert>
      )}
      <TimeRange start={preview.start} end={preview.end} zone={zone} />
      <ClosingItems items={preview.items} zone={zone} />
      {closing.refusal !== null && <ProblemAlert error={closing.refusal} />}
      <Group justify="flex-end">
        <Button color="red.9" loading={closing.busy} onClick={() => void closing.confirm(preview)}>
          {preview.items.length > 0 ? t`Close it, move ${move} and cancel ${cancel}` : t`Close it`}
        </Button>
      </Group>
    </Stack>
  );
}

function useClosingOf(resource: Props["resource"], onClose: () => void) {
  const { t } = useLingui();
  const previewing = usePreviewClosing();
  const doing = useCloseResource();
  const [preview, setPreview] = useState<Preview | null>(null);
  const [outdated, setOutdated] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [tomorrow] = useState(() => fieldsOf(new Date(Date.now() + DAY_MS), resource.timezone).date);
  const needed = (text: string) => (text.trim() ? null : t`This is needed.`);
  const form = useForm<ClosingFields>({
    initialValues: { day: tomorrow, whole: true, from: "08:00", until: "18:00", reason: "" },
    // What was shown is not what would be done any more.
    onValuesChange: (now, before) => {
      if (before.reason === now.reason) setPreview(null);
    },
    validate: {
      day: needed,
      until: (until, { whole, from }) => (whole || until > from ? null : t`The end comes after the start.`),
      reason: needed,
    },
  });
  const that = { params: { path: { resource_id: resource.id } } };
  const show = (found: Preview, isOutdated: boolean) => {
    setRefusal(null);
    setOutdated(isOutdated);
    setPreview(found);
  };
  const look = useSaving(form, async (values) => show(await previewing.mutateAsync({ ...that, body: timeOf(values, resource.timezone) }), false));
  const confirm = async ({ digest }: Preview) => {
    const { reason } = form.values;
    if (form.validate().hasErrors) return;
    try {
      await doing.mutateAsync({ ...that, body: { ...timeOf(form.values, resource.timezone), reason, digest } });
      tellDone(t`${resource.name} is closed then.`);
      onClose();
    } catch (error) {
      const problem = asProblem(error);
      if (problem.kind === "closing-changed") show(problem.problem.preview as Preview, true);
      else setRefusal(error);
    }
  };
  return { form, look, preview, outdated, refusal, confirm, busy: doing.isPending };
}
