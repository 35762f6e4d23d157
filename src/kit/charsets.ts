/**
 * Bytes as text, whatever they were written in: UTF-8, UTF-16, GB 18030 (and with it GBK and GB 2312), Big5, Shift JIS,
 * Windows-125x … Never throws; what cannot be read becomes U+FFFD.
 *
 * Tried in this order: byte order mark, the header's charset, the one the document names (XML declaration or HTML meta),
 * UTF-8, GB 18030. The first that fits without an error wins. Two corrections from experience: bytes that are valid
 * UTF-8 are UTF-8 even where the label says Latin-1 (the commonest wrong label), and a text that is UTF-8 but for a few
 * broken characters stays UTF-8.
 */
export function decodeBytes(bytes: Uint8Array, contentType?: string | null): string {
  const marked = byteOrderMark(bytes);
  if (marked) return decode(bytes, marked);

  const utf8 = strictly(bytes, 'utf-8');
  const labels = [charsetOf(contentType ?? ''), declaredIn(bytes)].filter((label) => label !== undefined);
  for (const label of labels) {
    if (utf8 !== undefined && isOneByte(label)) return utf8;
    const text = strictly(bytes, label);
    if (text !== undefined) return text;
  }
  if (utf8 !== undefined) return utf8;
  if (isMostlyUtf8(bytes)) return decode(bytes, 'utf-8');
  return strictly(bytes, 'gb18030') ?? decode(bytes, labels.find(isOneByte) ?? 'utf-8');
}

function byteOrderMark([first, second, third, fourth]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // "<?" without a mark: XML allows it.
  if (first === 0x3c && second === 0 && third === 0x3f && fourth === 0) return 'utf-16le';
  if (first === 0 && second === 0x3c && third === 0 && fourth === 0x3f) return 'utf-16be';
  return undefined;
}

function charsetOf(contentType: string): string | undefined {
  return known(/charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1]);
}

function declaredIn(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024));
  const xml = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/i.exec(head)?.[1];
  const html = /<meta[^>]+charset\s*=\s*["']?([\w.:-]+)/i.exec(head)?.[1];
  const label = known(xml ?? html);
  // The declaration was readable byte by byte, so whatever it says, this is not UTF-16.
  return label?.startsWith('utf-16') ? undefined : label;
}

/** The name TextDecoder uses for a label, or undefined for one it does not know. */
function known(label: string | undefined): string | undefined {
  if (!label) return undefined;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

function isOneByte(encoding: string): boolean {
  return /^(windows-|iso-8859-|macintosh|koi8|ibm866|x-mac)/.test(encoding);
}

function decode(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(bytes);
}

/** Undefined when something does not fit. A last character that was cut in two is left out instead. */
function strictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

function isMostlyUtf8(bytes: Uint8Array): boolean {
  const text = decode(bytes.subarray(0, 200_000), 'utf-8');
  let broken = 0;
  let foreign = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) foreign++;
    if (unit === 0xfffd) broken++;
  }
  return broken * 10 < foreign;
}
