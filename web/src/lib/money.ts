/** Answer an amount in whole minor units of a currency, such as cents, as people write it. */
export function moneyWords(amountMinor: number, currency: string, locale: string): string {
  const words = new Intl.NumberFormat(locale, { style: "currency", currency });
  return words.format(amountMinor / 10 ** (words.resolvedOptions().maximumFractionDigits ?? 2));
}
