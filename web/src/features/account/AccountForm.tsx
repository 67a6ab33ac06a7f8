import type { components } from "@generated/schema";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import * as z from "zod/mini";
import { showRefusedFields } from "@/lib/api/fields";
import { validated } from "@/lib/forms";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellDone } from "@/ui/notice/toast";
import { useChangeMe } from "./api/changeMe";
import { email, required } from "./entering/fields";

const schema = z.object({ name: required, email });

/** Who one is: the name that others see, and the address that mails go to. */
export function AccountForm({ me }: { me: components["schemas"]["PersonOutput"] }) {
  const { t } = useLingui();
  const changing = useChangeMe();
  const [refusal, setRefusal] = useState<unknown>(null);
  const form = useForm({ initialValues: { name: me.name, email: me.email }, validate: validated(schema) });
  const username = me.username;
  const change = async (body: typeof form.values) => {
    setRefusal(null);
    try {
      await changing.mutateAsync({ body });
      form.resetDirty(body);
      tellDone(t`Your account is changed.`);
    } catch (error) {
      if (!showRefusedFields(form, error)) setRefusal(error);
    }
  };
  return (
    <form noValidate onSubmit={form.onSubmit((values) => void change(values))}>
      <Stack>
        <Text c="dimmed">
          <Trans>You sign in as {username}, or with your e-mail address.</Trans>
        </Text>
        {refusal !== null && <ProblemAlert error={refusal} />}
        <TextInput label={t`Your name`} autoComplete="name" maw={360} {...form.getInputProps("name")} />
        <TextInput label={t`E-mail address`} type="email" autoComplete="email" maw={360} {...form.getInputProps("email")} />
        <Group>
          <Button type="submit" loading={changing.isPending} disabled={!form.isDirty()}>
            <Trans>Save</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
