import type { components } from "@generated/schema";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Select, TextInput } from "@mantine/core";
import { useForm, type UseFormReturnType } from "@mantine/form";
import { i18n } from "@lingui/core";
import { SitePicker } from "@/features/administration/pickers/SitePicker";
import { ZonePicker } from "@/features/administration/pickers/ZonePicker";

type Kind = components["schemas"]["SiteShape"]["kind"];

export type SiteValues = { name: string; kind: Kind; parent_id: number | null; timezone: string | null };

const KINDS = { campus: msg`Campus`, building: msg`Building`, floor: msg`Floor`, other: msg`Other` };

/** Answer a form of what a site is. */
export function useSiteForm(initialValues: SiteValues): UseFormReturnType<SiteValues> {
  const { t } = useLingui();
  return useForm<SiteValues>({ initialValues, validate: { name: (name) => (name.trim() ? null : t`This is needed.`) } });
}

/** The fields of a site; `own` is the site itself, which cannot be in itself. */
export function SiteFields({ form, own }: { form: UseFormReturnType<SiteValues>; own?: number }) {
  const { t } = useLingui();
  const kinds = (Object.keys(KINDS) as Kind[]).map((value) => ({ value, label: i18n._(KINDS[value]) }));
  return (
    <>
      <TextInput label={t`Name`} maxLength={200} {...form.getInputProps("name")} />
      <Select label={t`Kind`} data={kinds} allowDeselect={false} {...form.getInputProps("kind")} />
      <SitePicker label={t`Inside`} placeholder={t`Nothing: it stands at the top`} without={own} {...form.getInputProps("parent_id")} />
      <ZonePicker label={t`Time zone`} placeholder={t`As the site above`} {...form.getInputProps("timezone")} />
    </>
  );
}
