import { useLingui } from "@lingui/react";
import { regionalLocale } from "./locales";

/** Answer the locale in which times and numbers are written, such as `en-GB`. */
export function useLocale(): string {
  return regionalLocale(useLingui().i18n.locale);
}
