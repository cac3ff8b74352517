const SHAPE = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes strictly: no foreign characters, right padding; undefined when it is not base64. */
export function decodeBase64(text: string): Uint8Array | undefined {
  // The platform's decoder is lenient: it passes over white space and does without padding.
  return SHAPE.test(text) ? Uint8Array.from(atob(text), (char) => char.charCodeAt(0)) : undefined;
}

/** Decodes base64 of UTF-8 text; undefined when it is either not base64 or not UTF-8. */
export function decodeBase64Text(text: string): string | undefined {
  const bytes = decodeBase64(text);
  if (bytes === undefined) return undefined;
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}
