import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Badge, Button, Group, PasswordInput, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDebouncedCallback, useDisclosure } from "@mantine/hooks";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { BackLink } from "@/ui/BackLink";
import { EmptyState } from "@/ui/notice/EmptyState";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { Icon } from "@/ui/Icon";
import { Page } from "@/ui/Page";
import { PagedTable } from "@/ui/table/PagedTable";
import { tellDone } from "@/ui/notice/toast";
import { type Role, ROLES, useRoleOptions } from "../pickers/roles";
import { useChangePerson } from "./api/changePerson";
import { useCreatePerson } from "./api/createPerson";
import { usePeopleList } from "./api/listPeople";
import { PersonDrawer } from "./PersonDrawer";

type Person = components["schemas"]["PersonOutput"];

const route = getRouteApi("/signed-in/administration/people");
const TYPING_MS = 250;

export function PeoplePage() {
  const { t, i18n } = useLingui();
  const search = route.useSearch();
  const list = usePeopleList(search);
  const [making, { open, close }] = useDisclosure();
  const [chosen, setChosen] = useState<Person | null>(null);
  return (
    <Page
      title={t`People`}
      width="wide"
      above={
        <BackLink to="/administration">
          <Trans>Administration</Trans>
        </BackLink>
      }
      actions={
        <Button leftSection={<Icon name="plus" />} onClick={open}>
          <Trans>New account</Trans>
        </Button>
      }
    >
      <Filters />
      <PagedTable
        label={t`People`}
        list={list}
        rowKey={(one) => one.id}
        columns={[
          { key: "name", title: t`Name`, cell: (one: Person) => <Name person={one} /> },
          { key: "email", title: t`E-mail address`, cell: (one: Person) => one.email },
          { key: "role", title: t`Role`, cell: (one: Person) => i18n._(ROLES[one.role]) },
          { key: "access", title: t`Access`, cell: (one: Person) => <Access active={one.active} /> },
          {
            key: "deeds",
            title: t`Deeds`,
            kind: "action" as const,
            cell: (one: Person) => (
              <Button size="compact-md" variant="default" aria-label={t`Change ${one.username}`} onClick={() => setChosen(one)}>
                <Trans>Change</Trans>
              </Button>
            ),
          },
        ]}
        empty={
          <EmptyState icon="person" title={t`Nobody fits`}>
            <Trans>No account fits all of this. Leave something out.</Trans>
          </EmptyState>
        }
      />
      {making && <NewPersonDrawer onClose={close} />}
      {chosen && <PersonDrawer person={chosen} onClose={() => setChosen(null)} />}
    </Page>
  );
}

function Filters() {
  const { t } = useLingui();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (part: Partial<typeof search>) => void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const changeText = useDebouncedCallback((text: string) => change({ text: text.trim() || undefined }), TYPING_MS);
  const access = [
    { value: "true", label: t`May sign in` },
    { value: "false", label: t`Deactivated` },
  ];
  return (
    <Group align="flex-end" gap="sm">
      <TextInput label={t`Search`} defaultValue={search.text} flex="2 1 220px" leftSection={<Icon name="search" />} onChange={(event) => changeText(event.currentTarget.value)} />
      <Select label={t`Role`} data={useRoleOptions()} value={search.role ?? null} clearable flex="1 1 140px" clearButtonProps={{ "aria-label": t`Any role` }} onChange={(role) => change({ role: (role as Role | null) ?? undefined })} />
      <Select
        label={t`Access`}
        data={access}
        value={search.active === undefined ? null : String(search.active)}
        clearable
        flex="1 1 140px"
        clearButtonProps={{ "aria-label": t`Any access` }}
        onChange={(active) => change({ active: active === null ? undefined : active === "true" })}
      />
    </Group>
  );
}

function Name({ person }: { person: Person }) {
  return (
    <Stack gap={0}>
      <Text fw={600}>{person.name}</Text>
      <Text size="sm" c="dimmed">
        {person.username}
      </Text>
    </Stack>
  );
}

function Access({ active }: { active: boolean }) {
  return (
    <Badge variant="light" size="lg" tt="none" fw={600} color={active ? "green" : "gray"} leftSection={<Icon name={active ? "check" : "cross"} size={14} />}>
      {active ? <Trans>May sign in</Trans> : <Trans>Deactivated</Trans>}
    </Badge>
  );
}

function NewPersonDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const creating = useCreatePerson();
  const changing = useChangePerson();
  const roles = useRoleOptions();
  const needed = (text: string) => (text.trim() ? null : t`This is needed.`);
  const form = useForm({
    initialValues: { name: "", username: "", email: "", password: "", role: "user" as Role },
    validate: {
      username: (text) => (/^[a-z0-9_.-]{3,50}$/i.test(text) ? null : t`3 to 50 of a–z, 0–9, dot, hyphen and underscore.`),
      email: (text) => (/^\S+@\S+\.\S+$/.test(text) ? null : t`Write it like name@example.org.`),
      password: needed,
    },
  });
  const save = async ({ role, name, ...same }: typeof form.values) => {
    const made = await creating.mutateAsync({ body: { ...same, name: name.trim() || null } });
    if (role !== made.role) await changing.mutateAsync({ params: { path: { person_id: made.id } }, body: { role } });
    tellDone(t`The account is there.`);
  };
  return (
    <FormDrawer title={t`New account`} form={form} onSave={save} onClose={onClose} deed={t`Make the account`}>
      <TextInput label={t`Name`} {...form.getInputProps("name")} />
      <TextInput label={t`Username`} autoComplete="off" autoCapitalize="none" {...form.getInputProps("username")} />
      <TextInput label={t`E-mail address`} type="email" autoComplete="off" {...form.getInputProps("email")} />
      <PasswordInput
        label={t`First password`}
        description={t`Hand it over in person, and ask them to change it.`}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ "aria-label": t`Show the password` }}
        {...form.getInputProps("password")}
      />
      <Select label={t`Role`} data={roles} allowDeselect={false} {...form.getInputProps("role")} />
    </FormDrawer>
  );
}
