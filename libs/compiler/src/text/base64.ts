/** Longer lists of arguments are more than a call takes. */
const PIECE = 0x8000;
const UTF8 = new TextEncoder();

/** Base64 of bytes, or of a text's UTF-8. */
export function encodeBase64(content: string | Uint8Array): string {
  const bytes = typeof content === 'string' ? UTF8.encode(content) : content;
  let binary = '';
  for (let at = 0; at < bytes.length; at += PIECE) binary += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(binary);
}

/** Bytes that a text of this length takes up in UTF-8. */
export function utf8Length(text: string): number {
  let length = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}
