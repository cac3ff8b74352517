import { RuleProblem } from './rule-problem.ts';

const LETTERS: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
};

const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([^\n]))/g;

/** What a text in double quotes says, by the escapes of Go; `offset` is where it begins in the rule. */
export function unquoted(text: string, offset: number): string {
  let said = '';
  let from = 1;
  for (const found of text.slice(0, -1).matchAll(ESCAPE)) {
    said += text.slice(from, found.index) + meaning(found, offset + found.index);
    from = found.index + found[0].length;
  }
  return said + text.slice(from, -1);
}

function meaning([whole, byte, short, long, octal, letter]: RegExpMatchArray, offset: number): string {
  if (letter !== undefined) {
    const meant = LETTERS[letter];
    if (meant === undefined) throw new RuleProblem(offset, `"${whole}" is no escape`);
    return meant;
  }
  const code = octal === undefined ? Number.parseInt(byte ?? short ?? long ?? '', 16) : Number.parseInt(octal, 8);
  const isByte = byte !== undefined || octal !== undefined;
  if (code > (isByte ? 0x7f : 0x10ffff)) throw new RuleProblem(offset, `"${whole}" is no character`);
  return String.fromCodePoint(code);
}
