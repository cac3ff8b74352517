const SEQUENCE = /\\(?:[abcfnrtv$"\\]|0\d{0,3})/g;

const SINGLE: Readonly<Record<string, string>> = {
  '\\a': '\u0007',
  '\\b': '\b',
  '\\f': '\f',
  '\\n': '\n',
  '\\r': '\r',
  '\\t': '\t',
  '\\v': '\v',
  '\\"': '"',
  '\\\\': '\\',
  // Kept as an escaped dollar sign: substitution turns it into a plain one.
  '\\$': '$$',
};

/** Expands the escapes that Compose knows inside double quotes; others stay as written. */
export function expandEscapes(text: string): string {
  return text.replace(SEQUENCE, (sequence) => {
    const single = SINGLE[sequence];
    if (single !== undefined) return single;
    const octal = /^\\0([0-7]{3})$/.exec(sequence)?.[1];
    if (octal === undefined) return sequence;
    const code = Number.parseInt(octal, 8);
    return code <= 255 ? String.fromCharCode(code) : sequence;
  });
}
