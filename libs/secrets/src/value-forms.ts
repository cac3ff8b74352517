/** Below this a value is masked by field name and kind alone: masking it everywhere would eat ordinary text. */
export const MIN_VALUE_CHARS = 6;
const MIN_BASE64_CHARS = 8;
/** As `base64` and `openssl` break their lines. */
const LINE_WIDTHS = [76, 64];
/** Lines of a key or certificate are this long; shorter lines of a value say too little to be searched for alone. */
const MIN_LINE_CHARS = 16;

/**
 * The spellings in which a secret value turns up: as is, escaped for JSON, URL-encoded, base64 (also inside longer base64), line
 * by line. What a file ends with is not what a program shows of it.
 */
export function valueForms(given: string): string[] {
  const value = given.toWellFormed();
  const bare = value.trim();
  if (bare === '' || value.length < MIN_VALUE_CHARS) return [];
  if (bare.length < MIN_VALUE_CHARS) return [...new Set(spellings(value))];
  const lines = bare
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line.length >= MIN_LINE_CHARS && !line.startsWith('-----'));
  return [...new Set([...spellings(value), ...spellings(bare), ...lines])];
}

function spellings(value: string): string[] {
  const json = asJson(value);
  const url = encodeURIComponent(value);
  // What a program takes in as a JSON text and writes out in another one.
  const texts = [
    value,
    json,
    asJson(json),
    encodeURI(value),
    url,
    strictUrl(url),
    strictUrl(url).replaceAll('%20', '+'),
  ];
  const escaped = [
    forHtml(json),
    json.replaceAll('/', '\\/'),
    inAscii(json),
    lowerCaseHex(url),
    lowerCaseHex(strictUrl(url)),
  ];
  return [...texts, ...escaped, ...base64Forms(Buffer.from(value, 'utf8'))];
}

function asJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** As Go writes JSON. */
function forHtml(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, unicodeEscape);
}

/** As Python and PHP write JSON. */
function inAscii(json: string): string {
  return json.replace(/[^\0-\x7f]/g, unicodeEscape);
}

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** What JavaScript leaves as it is and others do not. */
function strictUrl(encoded: string): string {
  return encoded.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function lowerCaseHex(encoded: string): string {
  return encoded.replace(/%[0-9A-F]{2}/g, (sign) => sign.toLowerCase());
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
  return [full, ...aligned, ...LINE_WIDTHS.flatMap((width) => wrapped(full, width))]
    .flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')])
    .filter((text) => text.length >= MIN_BASE64_CHARS);
}

function wrapped(base64: string, width: number): string[] {
  if (base64.length <= width) return [];
  const lines = Array.from({ length: Math.ceil(base64.length / width) }, (_, at) =>
    base64.slice(at * width, (at + 1) * width),
  );
  return lines.filter((line) => line.length >= MIN_LINE_CHARS);
}
