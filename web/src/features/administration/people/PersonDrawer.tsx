import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, PasswordInput, Select, Stack, Text, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { showRefusedFields } from "@/lib/api/fields";
import { ConfirmButton } from "@/ui/form/ConfirmButton";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellDone } from "@/ui/notice/toast";
import { tellUndoable } from "@/ui/notice/undoToast";
import { type Role, useRoleOptions } from "../pickers/roles";
import { useChangePerson } from "./api/changePerson";
import { useResetPassword } from "./api/resetPassword";

type Person = components["schemas"]["PersonOutput"];

/** Changes an account: name and role, whether its person may sign in, and the password. */
export function PersonDrawer({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useLingui();
  const changing = useChangePerson();
  const roles = useRoleOptions();
  const form = useForm({
    initialValues: { name: person.name, role: person.role as Role },
    validate: { name: (name) => (name.trim() ? null : t`This is needed.`) },
  });
  const save = async (body: typeof form.values) => {
    await changing.mutateAsync({ params: { path: { person_id: person.id } }, body });
    tellDone(t`Saved.`);
  };
  return (
    <FormDrawer title={person.username} form={form} onSave={save} onClose={onClose} deed={t`Save`}>
      <Text c="dimmed">{person.email}</Text>
      <TextInput label={t`Name`} maxLength={200} {...form.getInputProps("name")} />
      <Select label={t`Role`} data={roles} allowDeselect={false} {...form.getInputProps("role")} />
      <Stack gap="xs" mt="md">
        <Title order={3} fz="md">
          <Trans>Access</Trans>
        </Title>
        <Group>
          <AccessButton person={person} onDone={onClose} />
          <PasswordButton person={person} />
        </Group>
      </Stack>
    </FormDrawer>
  );
}

function AccessButton({ person, onDone }: { person: Person; onDone: () => void }) {
  const { t } = useLingui();
  const changing = useChangePerson();
  const name = person.name;
  const set = (active: boolean) => changing.mutateAsync({ params: { path: { person_id: person.id } }, body: { active } });
  if (!person.active)
    return (
      <Button
        loading={changing.isPending}
        onClick={() =>
          void set(true).then(() => {
            tellDone(t`${name} may sign in again.`);
            onDone();
          })
        }
      >
        <Trans>Activate</Trans>
      </Button>
    );
  return (
    <ConfirmButton
      question={t`Deactivate ${name}?`}
      consequence={<Trans>They are signed out everywhere and cannot sign in. What they reserved stays.</Trans>}
      deed={t`Deactivate the account`}
      busy={changing.isPending}
      onConfirm={async () => {
        await set(false);
        tellUndoable(t`${name} is deactivated.`, () => set(true));
        onDone();
      }}
      more={changing.isError && <ProblemAlert error={changing.error} />}
    >
      <Trans>Deactivate</Trans>
    </ConfirmButton>
  );
}

function PasswordButton({ person }: { person: Person }) {
  const { t } = useLingui();
  const resetting = useResetPassword();
  const [refusal, setRefusal] = useState<unknown>(null);
  const form = useForm({ initialValues: { new_password: "" } });
  const reset = async () => {
    setRefusal(null);
    try {
      await resetting.mutateAsync({ params: { path: { person_id: person.id } }, body: form.values });
    } catch (error) {
      if (!showRefusedFields(form, error)) setRefusal(error);
      throw error;
    }
    form.reset();
    tellDone(t`The password is set. Hand it over in person.`);
  };
  return (
    <ConfirmButton
      question={t`Set a new password?`}
      consequence={<Trans>They are signed out everywhere, and sign in with the new one.</Trans>}
      deed={t`Set the password`}
      busy={resetting.isPending}
      onConfirm={reset}
      more={
        <>
          {refusal !== null && <ProblemAlert error={refusal} />}
          <PasswordInput label={t`New password`} autoComplete="new-password" visibilityToggleButtonProps={{ "aria-label": t`Show the password` }} {...form.getInputProps("new_password")} />
        </>
      }
    >
      <Trans>Set a password</Trans>
    </ConfirmButton>
  );
}
