import { useLocale } from "@/lib/i18n/useLocale";

/** Answer how many digits a currency has behind its point, such as 2 for EUR and 0 for JPY. */
export function digitsOf(currency: string): number {
  try {
    return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** Answer how an amount in whole minor units is written. */
export function useMoney(): (minor: number, currency: string) => string {
  const locale = useLocale();
  return (minor, currency) =>
    new Intl.NumberFormat(locale, { style: "currency", currency }).format(minor / 10 ** digitsOf(currency));
}
