/** Answer the code in the link of a QR code that Berth made for a reservation; none if it has none or is of others. */
export function codeOfLink(text: string): string | null {
  try {
    const link = new URL(text);
    if (!/^\/reservations\/\d+\/check-in$/.test(link.pathname)) return null;
    const code = link.searchParams.get("code") ?? "";
    return /^\d{4,12}$/.test(code) ? code : null;
  } catch {
    return null;
  }
}
