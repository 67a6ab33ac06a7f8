import { asProblem } from "./problem";

/** What a form can be told of its mistakes. */
interface Form<Values> {
  values: Values;
  setErrors: (errors: Record<string, string>) => void;
}

/** Write what the server has against single members beside their fields. Answers whether that says all. */
export function showRefusedFields<Values extends object>(form: Form<Values>, error: unknown): boolean {
  const fields = Object.entries(asProblem(error).fields);
  const known = fields.filter(([name]) => name in form.values);
  form.setErrors(Object.fromEntries(known));
  return fields.length > 0 && known.length === fields.length;
}
