import { Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import * as z from "zod/mini";
import { showRefusedFields } from "@/lib/api/fields";
import { signIn } from "@/lib/api/session";
import { validated } from "@/lib/forms";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { useRegister } from "@/features/account/api/register";
import { DoorCard } from "@/features/account/DoorCard";
import { email, newPassword, PASSWORD_LENGTH_MIN, username } from "./fields";

const schema = z.object({ name: z.string(), username, email, password: newPassword });

export function RegisterPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const registering = useRegister();
  const [refusal, setRefusal] = useState<unknown>(null);
  const form = useForm({
    initialValues: { name: "", username: "", email: "", password: "" },
    validate: validated(schema),
  });

  const register = async (values: typeof form.values) => {
    setRefusal(null);
    try {
      await registering.mutateAsync({ body: { ...values, name: values.name || null } });
      await signIn(values.username, values.password);
      await navigate({ to: "/" });
    } catch (error) {
      if (!showRefusedFields(form, error)) setRefusal(error);
    }
  };

  return (
    <DoorCard
      title={t`Make an account`}
      otherwise={
        <Text>
          <Trans>
            You have one?{" "}
            <Anchor renderRoot={(props) => <Link to="/sign-in" {...props} />} underline="always">
              Sign in
            </Anchor>
          </Trans>
        </Text>
      }
    >
      <form noValidate onSubmit={form.onSubmit((values) => void register(values))}>
        <Stack>
          {refusal !== null && <ProblemAlert error={refusal} />}
          <TextInput label={t`Your name`} autoComplete="name" {...form.getInputProps("name")} />
          <TextInput label={t`Username`} autoComplete="username" autoCapitalize="none" required withAsterisk={false} {...form.getInputProps("username")} />
          <TextInput label={t`E-mail address`} type="email" autoComplete="email" required withAsterisk={false} {...form.getInputProps("email")} />
          <PasswordInput
            label={t`Password`}
            description={t`At least ${PASSWORD_LENGTH_MIN} characters, and not easily guessed.`}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ "aria-label": t`Show the password` }}
            {...form.getInputProps("password")}
          />
          <Button type="submit" size="md" loading={form.submitting || registering.isPending} fullWidth>
            <Trans>Make the account</Trans>
          </Button>
        </Stack>
      </form>
    </DoorCard>
  );
}
