import type { components } from "@generated/schema";
import { useLingui } from "@lingui/react/macro";
import { NumberInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { tellDone } from "@/ui/notice/toast";
import { PersonPicker } from "../pickers/PersonPicker";
import { useGrant } from "./api/grant";

const HOUR_MINUTES = 60;

/** Grants more of an allowance for the present period, or takes some away. */
export function GrantDrawer({ allowance, onClose }: { allowance: components["schemas"]["AllowanceShown"]; onClose: () => void }) {
  const { t } = useLingui();
  const granting = useGrant();
  const timed = allowance.unit === "minutes";
  const form = useForm({
    initialValues: { person_id: allowance.person_id, amount: "" as number | "", reason: "" },
    validate: {
      person_id: (id) => (id === null && !allowance.shared ? t`Choose for whom.` : null),
      amount: (amount) => (amount ? null : t`This is needed.`),
      reason: (reason) => (reason.trim() ? null : t`This is needed.`),
    },
  });
  const save = async ({ person_id, amount, reason }: typeof form.values) => {
    const minor = timed ? Math.round(Number(amount) * HOUR_MINUTES) : Number(amount);
    await granting.mutateAsync({ params: { path: { allowance_id: allowance.id } }, body: { person_id, amount: minor, reason } });
    tellDone(t`It is granted.`);
  };
  return (
    <FormDrawer title={t`Grant more of ${allowance.name}`} form={form} onSave={save} onClose={onClose} deed={t`Grant it`}>
      {!allowance.shared && <PersonPicker label={t`For`} {...form.getInputProps("person_id")} />}
      <NumberInput label={t`How much more`} description={t`Below zero takes it away. It holds for the present period.`} decimalScale={timed ? 2 : 0} suffix={timed ? " h" : ""} {...form.getInputProps("amount")} />
      <TextInput label={t`Reason`} maxLength={500} {...form.getInputProps("reason")} />
    </FormDrawer>
  );
}
