import type { components } from "@generated/schema";
import type { MessageDescriptor } from "@lingui/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Checkbox, Group, MultiSelect, NumberInput, Paper, SimpleGrid, Stack, Switch, Text, Title } from "@mantine/core";
import { useForm, type UseFormReturnType } from "@mantine/form";
import type { ReactNode } from "react";
import { useSaving } from "@/lib/api/saving";
import { useLocale } from "@/lib/i18n/useLocale";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellDone } from "@/ui/notice/toast";
import { UnsavedGuard } from "@/ui/form/UnsavedGuard";
import { PeoplePicker } from "../pickers/PersonPicker";
import { useRoleOptions } from "../pickers/roles";
import { useResourcePolicy } from "./api/readResourcePolicy";
import { useSitePolicy } from "./api/readSitePolicy";
import { useSetResourcePolicy } from "./api/setResourcePolicy";
import { useSetSitePolicy } from "./api/setSitePolicy";
import type { Owner } from "./owner";
import { COMING, CONFIRMATIONS, CONFIRMING, LENGTH, type NumberField, type NumberMember } from "./policyMembers";

type Shape = components["schemas"]["PolicyShape"];
type Own = components["schemas"]["OwnPolicy"];
type ListMember = "reservable_by" | "confirmations" | "approvers" | "escalates_to";

/** A number that is not set here is empty, a list that is not set here is none. */
type Values = { [Member in NumberMember]: number | "" } & { [Member in ListMember]: Own[Member] | null };
type Form = UseFormReturnType<Values>;

const NUMBERS = [...LENGTH, ...COMING, ...CONFIRMING].map((one) => one.member);
const LISTS: readonly ListMember[] = ["reservable_by", "confirmations", "approvers", "escalates_to"];

/** The rules of a site or a resource: what is set here, and what is inherited where nothing is. */
export function Policy({ owner }: { owner: Owner }) {
  const ofSite = useSitePolicy(owner.id, owner.kind === "site");
  const ofResource = useResourcePolicy(owner.id, owner.kind === "resource");
  const policy = owner.kind === "site" ? ofSite : ofResource;
  if (policy.isPending) return <ListSkeleton rows={3} height={160} />;
  if (policy.isError) return <ProblemAlert error={policy.error} onRetry={() => void policy.refetch()} />;
  return <PolicyForm key={owner.id} owner={owner} policy={policy.data} />;
}

function PolicyForm({ owner, policy }: { owner: Owner; policy: Shape }) {
  const { t } = useLingui();
  const setOfSite = useSetSitePolicy();
  const setOfResource = useSetResourcePolicy();
  const setting = owner.kind === "site" ? setOfSite : setOfResource;
  const form = useForm<Values>({ initialValues: valuesOf(policy.own) });
  const saving = useSaving(form, async (values) => {
    await setting.mutateAsync({ params: { path: { owner_id: owner.id } }, body: bodyOf(values) });
    form.resetDirty(values);
    tellDone(t`The rules are saved. They hold for what is reserved from now on.`);
  });
  const held = { form, policy };
  return (
    <form noValidate onSubmit={saving.submit}>
      <Stack>
        <Text c="dimmed">
          <Trans>What is left empty is inherited from the site above.</Trans>
        </Text>
        {saving.refusal !== null && <ProblemAlert error={saving.refusal} />}
        <Part title={t`When and how long`}>
          <Numbers fields={LENGTH} {...held} />
        </Part>
        <Part title={t`Who, and what is waited for`}>
          <Roles {...held} />
          <Confirmations {...held} />
          <Approvers member="approvers" label={t`Approvers`} {...held} />
          <Approvers member="escalates_to" label={t`If they do not decide in time, asked next`} {...held} />
          <Numbers fields={CONFIRMING} {...held} />
        </Part>
        <Part title={t`Coming and not coming`}>
          <Numbers fields={COMING} {...held} />
        </Part>
        <Group>
          <Button type="submit" loading={saving.busy}>
            <Trans>Save the rules</Trans>
          </Button>
        </Group>
      </Stack>
      <UnsavedGuard dirty={form.isDirty()} />
    </form>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper p="lg" withBorder component="section">
      <Stack>
        <Title order={2}>{title}</Title>
        {children}
      </Stack>
    </Paper>
  );
}

interface Held {
  form: Form;
  policy: Shape;
}

function Numbers({ fields, form, policy }: Held & { fields: readonly NumberField[] }) {
  const { t, i18n } = useLingui();
  const locale = useLocale();
  const units = { minutes: t`minutes`, hours: t`hours`, days: t`days`, seconds: t`seconds` };
  const inherited = ({ member, unit, without }: NumberField) => {
    if (policy.own[member] != null) return t`Set here`;
    const value = policy.effective[member];
    if (value === null) return without ? i18n._(without) : "";
    const said = `${new Intl.NumberFormat(locale).format(value)} ${units[unit]}`;
    return t`Inherited: ${said}`;
  };
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      {fields.map((one) => (
        <NumberInput
          key={one.member}
          label={i18n._(one.label)}
          description={inherited(one)}
          suffix={` ${units[one.unit]}`}
          min={0}
          allowDecimal={false}
          allowNegative={false}
          {...form.getInputProps(one.member)}
        />
      ))}
    </SimpleGrid>
  );
}

/** A list that is set here or inherited, which an empty one is not. */
function Inheritable({ member, label, form, policy, children }: Held & { member: ListMember; label: string; children: (own: boolean) => ReactNode }) {
  const { t } = useLingui();
  const own = form.values[member] !== null;
  const change = (checked: boolean) => form.setFieldValue(member, (checked ? [...policy.effective[member]] : null) as never);
  return (
    <Stack gap={6}>
      <Switch label={t`${label}: set here`} checked={own} onChange={(event) => change(event.currentTarget.checked)} />
      {children(own)}
    </Stack>
  );
}

function Roles(held: Held) {
  const { t } = useLingui();
  const label = t`Who may reserve`;
  const roles = useRoleOptions();
  return (
    <Inheritable member="reservable_by" label={label} {...held}>
      {(own) => (
        <MultiSelect
          aria-label={label}
          data={roles}
          disabled={!own}
          {...held.form.getInputProps("reservable_by")}
          value={own ? (held.form.values.reservable_by ?? []) : held.policy.effective.reservable_by}
        />
      )}
    </Inheritable>
  );
}

function Confirmations(held: Held) {
  const { t, i18n } = useLingui();
  const label = t`Before it holds`;
  return (
    <Inheritable member="confirmations" label={label} {...held}>
      {(own) => (
        <Checkbox.Group
          aria-label={label}
          {...held.form.getInputProps("confirmations")}
          value={own ? (held.form.values.confirmations ?? []) : held.policy.effective.confirmations}
        >
          <Group gap="lg">
            {Object.entries<MessageDescriptor>(CONFIRMATIONS).map(([value, words]) => (
              <Checkbox key={value} value={value} label={i18n._(words)} disabled={!own} />
            ))}
          </Group>
        </Checkbox.Group>
      )}
    </Inheritable>
  );
}

function Approvers({ member, label, ...held }: Held & { member: "approvers" | "escalates_to"; label: string }) {
  return (
    <Inheritable member={member} label={label} {...held}>
      {(own) => (
        <PeoplePicker
          label={label}
          disabled={!own}
          {...held.form.getInputProps(member)}
          value={own ? (held.form.values[member] ?? []) : held.policy.effective[member]}
        />
      )}
    </Inheritable>
  );
}

function valuesOf(own: Own): Values {
  const numbers = NUMBERS.map((member) => [member, own[member] ?? ""]);
  const lists = LISTS.map((member) => [member, own[member] ?? null]);
  return Object.fromEntries([...numbers, ...lists]) as Values;
}

function bodyOf(values: Values): Own {
  return Object.fromEntries(Object.entries(values).map(([member, value]) => [member, value === "" ? null : value])) as Own;
}
