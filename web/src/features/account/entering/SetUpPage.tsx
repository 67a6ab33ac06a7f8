import { Trans, useLingui } from "@lingui/react/macro";
import { Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import * as z from "zod/mini";
import { showRefusedFields } from "@/lib/api/fields";
import { signIn } from "@/lib/api/session";
import { validated } from "@/lib/forms";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { useSetUp } from "@/features/account/api/setUp";
import { DoorCard } from "@/features/account/DoorCard";
import { email, newPassword, PASSWORD_LENGTH_MIN } from "./fields";

const route = getRouteApi("/setup");
const schema = z.object({ name: z.string(), email, password: newPassword });

export function SetUpPage() {
  const { t } = useLingui();
  const { token } = route.useSearch();
  const navigate = useNavigate();
  const settingUp = useSetUp();
  const [refusal, setRefusal] = useState<unknown>(null);
  const form = useForm({ initialValues: { name: "", email: "", password: "" }, validate: validated(schema) });

  const setUp = async (values: typeof form.values) => {
    setRefusal(null);
    try {
      await settingUp.mutateAsync({ body: { ...values, name: values.name || null, token } });
      await signIn(values.email, values.password);
      await navigate({ to: "/" });
    } catch (error) {
      if (!showRefusedFields(form, error)) setRefusal(error);
    }
  };

  if (!token)
    return (
      <DoorCard title={t`Set up Berth`}>
        <Text>
          <Trans>Open the link that Berth printed when it started: it holds the token that this page needs.</Trans>
        </Text>
        <Button variant="default" renderRoot={(props) => <Link to="/sign-in" {...props} />}>
          <Trans>Sign in instead</Trans>
        </Button>
      </DoorCard>
    );
  return (
    <DoorCard title={t`Set up Berth`}>
      <Text c="dimmed">
        <Trans>You hold the set-up link, so the first administrator's account is yours to make.</Trans>
      </Text>
      <form noValidate onSubmit={form.onSubmit((values) => void setUp(values))}>
        <Stack>
          {refusal !== null && <ProblemAlert error={refusal} />}
          <TextInput label={t`Your name`} autoComplete="name" {...form.getInputProps("name")} />
          <TextInput label={t`E-mail address`} type="email" autoComplete="username" {...form.getInputProps("email")} />
          <PasswordInput
            label={t`Password`}
            description={t`At least ${PASSWORD_LENGTH_MIN} characters, and not easily guessed.`}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ "aria-label": t`Show the password` }}
            {...form.getInputProps("password")}
          />
          <Button type="submit" size="md" loading={settingUp.isPending} fullWidth>
            <Trans>Create the administrator</Trans>
          </Button>
        </Stack>
      </form>
    </DoorCard>
  );
}
