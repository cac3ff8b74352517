const SHAPE = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const ENCODER = new TextEncoder();
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

/** Longer lists of arguments are more than a call takes. */
const PIECE = 0x8000;

/** Base64 of bytes, or of a text's UTF-8. */
export function encodeBase64(content: string | Uint8Array): string {
  const bytes = typeof content === 'string' ? ENCODER.encode(content) : content;
  let binary = '';
  for (let at = 0; at < bytes.length; at += PIECE) binary += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(binary);
}

/** Bytes that a text of this length takes up in UTF-8. */
export function utf8Length(text: string): number {
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
    // A pair of halves takes up four.
    if (isFirstHalf(code) && isSecondHalf(text.charCodeAt(at + 1))) {
      length += 1;
      at += 1;
    }
  }
  return length;
}

const isFirstHalf = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;
const isSecondHalf = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;
