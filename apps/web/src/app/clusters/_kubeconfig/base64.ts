const CHUNK = 0x8000;

/** Base64 of the UTF-8 bytes of a text; `btoa` alone throws on characters beyond Latin-1. */
export function base64OfText(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let binary = '';
  for (let start = 0; start < bytes.length; start += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  }
  return btoa(binary);
}
