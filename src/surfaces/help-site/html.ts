const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand in a page, in an element and in a quoted attribute alike. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => SIGNS[sign] as string);
}

/** Text whose addresses can be clicked: those of the workspace, as they are written there, and no other. */
export function linked(text: string, addresses: readonly string[]): string {
  const known = addresses.filter((address) => address !== '').sort((one, other) => other.length - one.length);
  const [first] = known.flatMap((address) => {
    const at = text.indexOf(address);
    return at < 0 ? [] : [{ address, at }];
  });
  if (!first) return escapeHtml(text);
  const { address, at } = first;
  const href = /^https?:/.test(address) ? address : `mailto:${address}`;
  const link = `<a href="${escapeHtml(href)}">${escapeHtml(address)}</a>`;
  return `${linked(text.slice(0, at), known)}${link}${linked(text.slice(at + address.length), known)}`;
}
