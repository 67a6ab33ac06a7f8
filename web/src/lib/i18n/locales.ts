import { i18n } from "@lingui/core";

/** The languages of the app, each by its own name. */
export const LOCALES = { en: "English", fr: "Français", es: "Español" } as const;
export type Locale = keyof typeof LOCALES;

const KEPT = "berth.locale";

/** Answer the language that was chosen here, else the first of the browser's that the app speaks, else English. */
export function preferredLocale(): Locale {
  const wanted = [localStorage.getItem(KEPT) ?? "", ...navigator.languages];
  return wanted.map((one) => one.split("-")[0]).find(isLocale) ?? "en";
}

/** Load a language and speak it from now on. */
export async function speak(locale: Locale): Promise<void> {
  const { messages } = await import(`../../locales/${locale}.po`);
  i18n.loadAndActivate({ locale, messages });
  document.documentElement.lang = locale;
}

/** Speak a language, and keep that for the next visit. */
export async function chooseLocale(locale: Locale): Promise<void> {
  await speak(locale);
  localStorage.setItem(KEPT, locale);
}

/** Answer the locale for numbers and times: the browser's own region of the language that is spoken. */
export function regionalLocale(spoken: string): string {
  return navigator.languages.find((one) => one.split("-")[0] === spoken) ?? spoken;
}

function isLocale(text: string | undefined): text is Locale {
  return text !== undefined && text in LOCALES;
}
