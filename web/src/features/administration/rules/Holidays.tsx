import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Badge, Button, Group, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useLocale } from "@/lib/i18n/useLocale";
import { ConfirmButton } from "@/ui/form/ConfirmButton";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { Icon } from "@/ui/Icon";
import { EmptyState } from "@/ui/notice/EmptyState";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellDone } from "@/ui/notice/toast";
import { RecordTable } from "@/ui/table/RecordTable";
import { useChangeHoliday } from "./holidays/changeHoliday";
import { useCreateHoliday } from "./holidays/createHoliday";
import { useHolidays } from "./holidays/listHolidays";
import { useRemoveHoliday } from "./holidays/removeHoliday";

type Holiday = components["schemas"]["HolidayShape"];

/** The holidays of a site, with those of the sites above. */
export function Holidays({ siteId }: { siteId: number }) {
  const { t } = useLingui();
  const locale = useLocale();
  const holidays = useHolidays(siteId);
  const [open, setOpen] = useState<Holiday | "new" | null>(null);
  if (holidays.isPending) return <ListSkeleton height={56} />;
  if (holidays.isError) return <ProblemAlert error={holidays.error} onRetry={() => void holidays.refetch()} />;
  const days = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const add = (
    <Button leftSection={<Icon name="plus" />} onClick={() => setOpen("new")}>
      <Trans>New holiday</Trans>
    </Button>
  );
  return (
    <Stack>
      {holidays.data.items.length === 0 ? (
        <EmptyState icon="calendar" title={t`No holidays`} action={add}>
          <Trans>Series that are made from now on pass over holidays. Single reservations can still be made on them.</Trans>
        </EmptyState>
      ) : (
        <>
          <Group justify="flex-end">{add}</Group>
          <RecordTable
            label={t`Holidays`}
            rows={holidays.data.items}
            rowKey={(one) => one.id}
            columns={[
              { key: "name", title: t`Name`, cell: (one) => one.name },
              { key: "days", title: t`Days`, cell: (one) => days.formatRange(new Date(one.first_day), new Date(one.last_day)) },
              { key: "deeds", title: t`Deeds`, kind: "action", cell: (one) => <Deeds holiday={one} onChange={() => setOpen(one)} /> },
            ]}
          />
        </>
      )}
      {open !== null && <HolidayDrawer siteId={siteId} holiday={open === "new" ? null : open} onClose={() => setOpen(null)} />}
    </Stack>
  );
}

function Deeds({ holiday, onChange }: { holiday: Holiday; onChange: () => void }) {
  if (holiday.inherited)
    return (
      <Badge variant="light" color="gray" tt="none">
        <Trans>Inherited</Trans>
      </Badge>
    );
  return (
    <Group gap="xs" wrap="nowrap">
      <Button size="compact-md" variant="default" onClick={onChange}>
        <Trans>Change</Trans>
      </Button>
      <RemoveHoliday holiday={holiday} />
    </Group>
  );
}

function HolidayDrawer({ siteId, holiday, onClose }: { siteId: number; holiday: Holiday | null; onClose: () => void }) {
  const { t } = useLingui();
  const creating = useCreateHoliday();
  const changing = useChangeHoliday();
  const needed = (text: string) => (text.trim() ? null : t`This is needed.`);
  const form = useForm({
    initialValues: { name: holiday?.name ?? "", first_day: holiday?.first_day ?? "", last_day: holiday?.last_day ?? "" },
    validate: {
      name: needed,
      first_day: needed,
      last_day: (last, { first_day }) => (last && last < first_day ? t`The last day must not lie before the first.` : null),
    },
  });
  const save = async ({ name, first_day, last_day }: typeof form.values) => {
    const body = { name, first_day, last_day: last_day || null };
    if (holiday) await changing.mutateAsync({ params: { path: { site_id: siteId, holiday_id: holiday.id } }, body });
    else await creating.mutateAsync({ params: { path: { site_id: siteId } }, body });
    tellDone(t`Saved.`);
  };
  return (
    <FormDrawer title={holiday ? holiday.name : t`New holiday`} form={form} onSave={save} onClose={onClose} deed={t`Save`}>
      <TextInput label={t`Name`} maxLength={200} {...form.getInputProps("name")} />
      <TextInput type="date" label={t`First day`} {...form.getInputProps("first_day")} />
      <TextInput type="date" label={t`Last day`} description={t`Only if it lasts longer than a day`} {...form.getInputProps("last_day")} />
    </FormDrawer>
  );
}

function RemoveHoliday({ holiday }: { holiday: Holiday }) {
  const { t } = useLingui();
  const removing = useRemoveHoliday();
  return (
    <ConfirmButton
      size="compact-md"
      question={t`Remove ${holiday.name}?`}
      consequence={<Trans>Series that are made from now on take place on these days, too.</Trans>}
      deed={t`Remove the holiday`}
      busy={removing.isPending}
      onConfirm={() => removing.mutateAsync({ params: { path: { site_id: holiday.site_id, holiday_id: holiday.id } } })}
      more={removing.isError && <ProblemAlert error={removing.error} />}
    >
      <Trans>Remove</Trans>
    </ConfirmButton>
  );
}
