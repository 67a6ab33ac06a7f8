import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Alert, Button, Group, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { useForm, type UseFormReturnType } from "@mantine/form";
import { useState } from "react";
import { useSaving } from "@/lib/api/saving";
import { useLocale } from "@/lib/i18n/useLocale";
import { ConfirmButton } from "@/ui/form/ConfirmButton";
import { Icon } from "@/ui/Icon";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellDone } from "@/ui/notice/toast";
import { UnsavedGuard } from "@/ui/form/UnsavedGuard";
import { useInheritResourceHours } from "./api/inheritResourceHours";
import { useInheritSiteHours } from "./api/inheritSiteHours";
import { useResourceHours } from "./api/readResourceHours";
import { useSiteHours } from "./api/readSiteHours";
import { useSetResourceHours } from "./api/setResourceHours";
import { useSetSiteHours } from "./api/setSiteHours";
import { hoursOf, hoursValues, type HoursValues, type Interval, WEEKDAYS } from "./hours";
import type { Owner } from "./owner";

type Hours = components["schemas"]["OpeningHours"];
type Form = UseFormReturnType<HoursValues>;

const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;
const INTERVAL: Interval = { from: "08:00", until: "18:00" };

/** The opening hours of a site or a resource: its own, or those that it inherits. */
export function OpeningHours({ owner }: { owner: Owner }) {
  const [begun, setBegun] = useState(false);
  const ofSite = useSiteHours(owner.id, owner.kind === "site");
  const ofResource = useResourceHours(owner.id, owner.kind === "resource");
  const hours = owner.kind === "site" ? ofSite : ofResource;
  if (hours.isPending) return <ListSkeleton rows={2} height={180} />;
  if (hours.isError) return <ProblemAlert error={hours.error} onRetry={() => void hours.refetch()} />;
  const { own, effective } = hours.data;
  if (own === null && !begun) return <Inherited hours={effective} onOwn={() => setBegun(true)} />;
  return <HoursForm owner={owner} initial={own ?? effective} isOwn={own !== null} onInherit={() => setBegun(false)} />;
}

function Inherited({ hours, onOwn }: { hours: Hours | null; onOwn: () => void }) {
  const { t } = useLingui();
  const names = useWeekdayNames();
  return (
    <Paper p="lg" withBorder>
      <Stack>
        <Title order={2}>{hours ? <Trans>Inherited hours</Trans> : <Trans>Always open</Trans>}</Title>
        <Text c="dimmed">
          {hours ? <Trans>These come from the site above.</Trans> : <Trans>Neither this nor a site above it has opening hours.</Trans>}
        </Text>
        {hours &&
          WEEKDAYS.map((day, at) => (
            <Group key={day} justify="space-between" maw={420}>
              <Text fw={500}>{names[at]}</Text>
              <Text>{(hours.weekly[day] ?? []).map((pair) => pair.join(" – ")).join(", ") || t`Closed`}</Text>
            </Group>
          ))}
        <Group>
          <Button onClick={onOwn}>
            <Trans>Set own hours</Trans>
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

function HoursForm({ owner, initial, isOwn, onInherit }: { owner: Owner; initial: Hours | null; isOwn: boolean; onInherit: () => void }) {
  const { t } = useLingui();
  const setOfSite = useSetSiteHours();
  const setOfResource = useSetResourceHours();
  const setting = owner.kind === "site" ? setOfSite : setOfResource;
  const form = useForm<HoursValues>({ initialValues: hoursValues(initial) });
  const saving = useSaving(form, async (values) => {
    await setting.mutateAsync({ params: { path: { owner_id: owner.id } }, body: hoursOf(values) });
    form.resetDirty(values);
    tellDone(t`The opening hours are saved.`);
  });
  return (
    <form noValidate onSubmit={saving.submit}>
      <Stack>
        {saving.refusal !== null && <ProblemAlert error={saving.refusal} />}
        <Week form={form} />
        <Exceptions form={form} />
        <Group>
          <Button type="submit" loading={saving.busy}>
            <Trans>Save the hours</Trans>
          </Button>
          {isOwn ? (
            <InheritButton owner={owner} onDone={onInherit} />
          ) : (
            <Button variant="default" onClick={onInherit}>
              <Trans>Back</Trans>
            </Button>
          )}
        </Group>
      </Stack>
      <UnsavedGuard dirty={form.isDirty()} />
    </form>
  );
}

function Week({ form }: { form: Form }) {
  const names = useWeekdayNames();
  return (
    <Paper p="lg" withBorder component="section">
      <Stack>
        <Title order={2}>
          <Trans>Every week</Trans>
        </Title>
        <Text size="sm" c="dimmed">
          <Trans>By the clocks of the place. An end of 00:00 is midnight.</Trans>
        </Text>
        {WEEKDAYS.map((day, at) => (
          <Group key={day} align="flex-start" gap="sm">
            <Text fw={500} w={110} pt={8}>
              {names[at]}
            </Text>
            <Intervals form={form} path={`weekly.${day}`} intervals={form.values.weekly[day]} of={names[at]!} />
          </Group>
        ))}
        {form.errors.weekly && <Alert color="red">{form.errors.weekly}</Alert>}
      </Stack>
    </Paper>
  );
}

function Exceptions({ form }: { form: Form }) {
  const { t } = useLingui();
  return (
    <Paper p="lg" withBorder component="section">
      <Stack>
        <Title order={2}>
          <Trans>Particular days</Trans>
        </Title>
        <Text size="sm" c="dimmed">
          <Trans>Holidays and days with other hours. A day without hours is closed.</Trans>
        </Text>
        {form.values.exceptions.map((one, at) => (
          <Group key={at} align="flex-start" gap="sm">
            <TextInput size="sm" type="date" aria-label={t`Day ${at + 1}`} required {...form.getInputProps(`exceptions.${at}.day`)} />
            <Intervals form={form} path={`exceptions.${at}.intervals`} intervals={one.intervals} of={one.day} />
            <Button size="sm" variant="subtle" color="red" onClick={() => form.removeListItem("exceptions", at)}>
              <Trans>Take this day away</Trans>
            </Button>
          </Group>
        ))}
        {form.errors.exceptions && <Alert color="red">{form.errors.exceptions}</Alert>}
        <Button w="fit-content" variant="light" leftSection={<Icon name="plus" />} onClick={() => form.insertListItem("exceptions", { day: "", intervals: [] })}>
          <Trans>Add a day</Trans>
        </Button>
      </Stack>
    </Paper>
  );
}

function Intervals({ form, path, intervals, of }: { form: Form; path: string; intervals: readonly Interval[]; of: string }) {
  const { t } = useLingui();
  return (
    <Group gap="xs" flex={1} miw={240}>
      {intervals.length === 0 && (
        <Text c="dimmed" py={8}>
          <Trans>Closed</Trans>
        </Text>
      )}
      {intervals.map((_, at) => (
        <Group key={at} gap={4} wrap="nowrap">
          <TextInput size="sm" type="time" aria-label={t`${of}: open from`} {...form.getInputProps(`${path}.${at}.from`)} />
          <Text span>–</Text>
          <TextInput size="sm" type="time" aria-label={t`${of}: open until`} {...form.getInputProps(`${path}.${at}.until`)} />
          <ActionIcon variant="subtle" color="gray" c="dimmed" size={36} aria-label={t`${of}: take these hours away`} onClick={() => form.removeListItem(path, at)}>
            <Icon name="cross" size={16} />
          </ActionIcon>
        </Group>
      ))}
      <ActionIcon variant="light" size={36} aria-label={t`${of}: add hours`} onClick={() => form.insertListItem(path, { ...INTERVAL })}>
        <Icon name="plus" size={16} />
      </ActionIcon>
    </Group>
  );
}

function InheritButton({ owner, onDone }: { owner: Owner; onDone: () => void }) {
  const { t } = useLingui();
  const ofSite = useInheritSiteHours();
  const ofResource = useInheritResourceHours();
  const inheriting = owner.kind === "site" ? ofSite : ofResource;
  const inherit = async () => {
    await inheriting.mutateAsync({ params: { path: { owner_id: owner.id } } });
    onDone();
    tellDone(t`The hours of the site above hold here now.`);
  };
  return (
    <ConfirmButton
      question={t`Inherit the hours again?`}
      consequence={<Trans>The hours that are set here are given up.</Trans>}
      deed={t`Inherit them`}
      busy={inheriting.isPending}
      onConfirm={inherit}
    >
      <Trans>Inherit again</Trans>
    </ConfirmButton>
  );
}

function useWeekdayNames(): string[] {
  const words = new Intl.DateTimeFormat(useLocale(), { weekday: "long", timeZone: "UTC" });
  return WEEKDAYS.map((_, at) => words.format(MONDAY + at * DAY_MS));
}
