import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, PasswordInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import * as z from "zod/mini";
import { validated } from "@/lib/forms";
import { ProblemAlert } from "@/ui/notice/ProblemAlert";
import { tellDone } from "@/ui/notice/toast";
import { useChangePassword } from "./api/changePassword";
import { newPassword, required } from "./entering/fields";

const schema = z.object({ current_password: required, new_password: newPassword });

export function PasswordForm() {
  const { t } = useLingui();
  const changing = useChangePassword();
  const form = useForm({ initialValues: { current_password: "", new_password: "" }, validate: validated(schema) });
  const change = (body: typeof form.values) =>
    changing.mutate(
      { body },
      {
        onSuccess: () => {
          form.reset();
          tellDone(t`Your password is changed. Your other devices are signed out.`);
        },
      },
    );

  const show = { "aria-label": t`Show the password` };
  return (
    <form noValidate onSubmit={form.onSubmit(change)}>
      <Stack>
        {changing.isError && <ProblemAlert error={changing.error} />}
        <PasswordInput label={t`Current password`} autoComplete="current-password" visibilityToggleButtonProps={show} {...form.getInputProps("current_password")} />
        <PasswordInput label={t`New password`} autoComplete="new-password" visibilityToggleButtonProps={show} {...form.getInputProps("new_password")} />
        <Group>
          <Button type="submit" loading={changing.isPending}>
            <Trans>Change the password</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
