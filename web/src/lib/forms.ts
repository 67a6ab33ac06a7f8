import { i18n } from "@lingui/core";
import type { MessageDescriptor } from "@lingui/core";
import type { FormErrors } from "@mantine/form";
import * as z from "zod/mini";

/** Answer what `@mantine/form` asks of a schema: for each field that is wrong, the sentence to show. */
export function validated<Values>(schema: z.ZodMiniType<Values>): (values: unknown) => FormErrors {
  return (values) => {
    const result = schema.safeParse(values);
    if (result.success) return {};
    return Object.fromEntries(result.error.issues.map((issue) => [issue.path.join("."), issue.message]));
  };
}

/** Answer a schema's message, translated when it is shown and not when the schema is made. */
export function says(message: MessageDescriptor): { error: () => string } {
  return { error: () => i18n._(message) };
}
