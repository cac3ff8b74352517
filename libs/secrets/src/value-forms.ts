/** Below this a value is masked by field name and kind alone: masking it everywhere would eat ordinary text. */
export const MIN_VALUE_CHARS = 6;
const MIN_BASE64_CHARS = 8;
/** Lines of a key or certificate are this long; shorter lines of a value say too little to be searched for alone. */
const MIN_LINE_CHARS = 16;

/** The spellings in which a secret value turns up: as is, JSON-escaped, URL-encoded, base64 (also inside longer base64), line by line. */
export function valueForms(value: string): string[] {
  if (value.length < MIN_VALUE_CHARS) return [];
  const lines = value.split('\n').filter((line) => line.length >= MIN_LINE_CHARS && !line.startsWith('-----'));
  const forms = [value, ...lines, JSON.stringify(value).slice(1, -1), encodeURI(value), encodeURIComponent(value)];
  return [...new Set([...forms, ...base64Forms(Buffer.from(value, 'utf8'))])];
}

/** At each of the three alignments, the characters that depend on the value alone. */
function base64Forms(bytes: Buffer): string[] {
  const aligned = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const firstWhole = Math.ceil((offset * 8) / 6);
    const wholeChars = Math.floor(((offset + bytes.length) * 8) / 6);
    return text.slice(firstWhole, wholeChars);
  });
  const full = bytes.toString('base64');
  return [full, ...aligned]
    .flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')])
    .filter((text) => text.length >= MIN_BASE64_CHARS);
}
