import type { UseFormReturnType } from "@mantine/form";
import { type FormEvent, useState } from "react";
import { showRefusedFields } from "./fields";

/** How the saving of a form goes: `refusal` is what could not be said beside a field. */
export interface Saving {
  submit: (event?: FormEvent<HTMLFormElement>) => void;
  busy: boolean;
  refusal: unknown;
}

/** Answer how to save a form: what the server has against single fields is written beside them. */
export function useSaving<Values extends Record<string, unknown>>(
  form: UseFormReturnType<Values>,
  save: (values: Values) => Promise<unknown>,
): Saving {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const submit = form.onSubmit(async (values) => {
    setBusy(true);
    setRefusal(null);
    try {
      await save(values);
    } catch (error) {
      if (!showRefusedFields(form, error)) setRefusal(error);
    } finally {
      setBusy(false);
    }
  });
  return { submit, busy, refusal };
}
