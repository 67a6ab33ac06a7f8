import { Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import * as z from "zod/mini";
import { signIn } from "@/lib/api/session";
import { validated } from "@/lib/forms";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { DoorCard } from "@/features/account/DoorCard";
import { required } from "./fields";

const route = getRouteApi("/sign-in");
const schema = z.object({ username: required, password: required });

export function SignInPage() {
  const { t } = useLingui();
  const { next } = route.useSearch();
  const navigate = useNavigate();
  const form = useForm({ initialValues: { username: "", password: "" }, validate: validated(schema) });
  const entering = useMutation({
    mutationFn: ({ username, password }: typeof form.values) => signIn(username, password),
    onSuccess: () => navigate({ href: next ?? "/" }),
  });

  return (
    <DoorCard
      title={t`Sign in`}
      otherwise={
        <Text>
          <Trans>
            New here?{" "}
            <Anchor renderRoot={(props) => <Link to="/register" {...props} />} underline="always">
              Make an account
            </Anchor>
          </Trans>
        </Text>
      }
    >
      <form noValidate onSubmit={form.onSubmit((values) => entering.mutate(values))}>
        <Stack>
          {entering.isError && <ProblemAlert error={entering.error} />}
          <TextInput label={t`Username or e-mail address`} autoComplete="username" autoCapitalize="none" data-autofocus {...form.getInputProps("username")} />
          <PasswordInput label={t`Password`} autoComplete="current-password" visibilityToggleButtonProps={{ "aria-label": t`Show the password` }} {...form.getInputProps("password")} />
          <Button type="submit" size="md" loading={entering.isPending} fullWidth>
            <Trans>Sign in</Trans>
          </Button>
        </Stack>
      </form>
    </DoorCard>
  );
}
