import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { ConfirmButton } from "@/ui/form/ConfirmButton";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { Icon } from "@/ui/Icon";
import { InstantWords } from "@/ui/InstantWords";
import { EmptyState } from "@/ui/notice/EmptyState";
import { ListSkeleton } from "@/ui/notice/ListSkeleton";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellDone } from "@/ui/notice/toast";
import { RecordTable } from "@/ui/table/RecordTable";
import { useCreateAppPassword } from "./api/createAppPassword";
import { useAppPasswords } from "./api/listAppPasswords";
import { useRevokeAppPassword } from "./api/revokeAppPassword";
import { PasswordDialog } from "./PasswordDialog";
import { SetUp } from "./SetUp";

type AppPassword = components["schemas"]["AppPasswordShown"];
type Made = components["schemas"]["AppPasswordMade"];

/** The passwords with which calendar programs sign in by CalDAV, and how such a program is set up. */
export function Programs() {
  const { t } = useLingui();
  const passwords = useAppPasswords();
  const [making, { open, close }] = useDisclosure();
  const [made, setMade] = useState<Made | null>(null);
  const add = (
    <Button w="fit-content" leftSection={<Icon name="plus" />} onClick={open}>
      <Trans>New app password</Trans>
    </Button>
  );
  const items = passwords.data?.items ?? [];
  return (
    <Stack>
      <Text>
        <Trans>A calendar program that speaks CalDAV signs in with an app password. It reads what you reserved, and can do nothing else.</Trans>
      </Text>
      {passwords.isPending && <ListSkeleton rows={2} height={56} />}
      {passwords.isError && <ProblemAlert error={passwords.error} onRetry={() => void passwords.refetch()} />}
      {passwords.data && items.length === 0 && (
        <EmptyState icon="keyboard" title={t`You have no app password yet`} action={add}>
          <Trans>Make one for each phone and computer, so that you can revoke it if that is lost.</Trans>
        </EmptyState>
      )}
      {items.length > 0 && (
        <>
          {add}
          <RecordTable
            label={t`My app passwords`}
            rows={items}
            rowKey={(one) => one.id}
            columns={[
              { key: "name", title: t`For`, cell: (one) => <Text fw={600}>{one.name}</Text> },
              { key: "made", title: t`Made`, cell: (one) => <InstantWords at={one.created_at} /> },
              { key: "used", title: t`Last used`, cell: (one) => (one.used_at ? <InstantWords at={one.used_at} /> : t`Never`) },
              { key: "deeds", title: t`Deeds`, kind: "action", cell: (one) => <Revoke password={one} /> },
            ]}
          />
        </>
      )}
      <SetUp />
      {making && <NameDrawer onMade={setMade} onClose={close} />}
      <PasswordDialog made={made} onClose={() => setMade(null)} />
    </Stack>
  );
}

function NameDrawer({ onMade, onClose }: { onMade: (made: Made) => void; onClose: () => void }) {
  const { t } = useLingui();
  const creating = useCreateAppPassword();
  const form = useForm({ initialValues: { name: "" }, validate: { name: (name) => (name.trim() ? null : t`This is needed.`) } });
  const save = async ({ name }: typeof form.values) => onMade(await creating.mutateAsync({ body: { name: name.trim() } }));
  return (
    <FormDrawer title={t`New app password`} form={form} onSave={save} onClose={onClose} deed={t`Make the password`}>
      <TextInput label={t`For which device or program`} placeholder={t`Such as: my phone`} maxLength={200} data-autofocus {...form.getInputProps("name")} />
    </FormDrawer>
  );
}

function Revoke({ password: one }: { password: AppPassword }) {
  const { t } = useLingui();
  const revoking = useRevokeAppPassword();
  const revoke = () => revoking.mutateAsync({ params: { path: { app_password_id: one.id } } }).then(() => tellDone(t`The app password is revoked.`));
  return (
    <ConfirmButton
      size="compact-md"
      question={t`Revoke the app password of ${one.name}?`}
      consequence={<Trans>Programs that sign in with it are refused from now on.</Trans>}
      deed={t`Revoke the app password`}
      busy={revoking.isPending}
      onConfirm={revoke}
      more={revoking.isError && <ProblemAlert error={revoking.error} />}
    >
      <Trans>Revoke</Trans>
    </ConfirmButton>
  );
}
