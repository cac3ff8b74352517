/** What a YAML 1.1 reader (kubectl, Helm, many linters) would not read as the string it is. */
const YAML_1_1_SURPRISES =
  /^(?:y|yes|n|no|on|off|true|false|null|~|=|<<)$|^[-+.0-9eE][-+.0-9_:,eE]*$|^[-+]?0[bxo]?[0-9a-f_]+$|^[-+]?\.(?:inf|nan)$|^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}/i;

/** Text that needs no quotes in any place: an unsuspicious first character, and no `: ` or ` #` or space at the end. */
const PLAIN = /^(?:[\p{L}\p{N}_/.$(+^;~=<\\]|--?(?=[\p{L}]))(?:[^\p{C}\p{Zl}\p{Zp}\u00a0:#]|:(?=[^\s,\]}])|(?<! )#)*$/u;
/** Text that a literal block keeps as it is: printable lines, the first of which is neither empty nor indented. */
const LITERAL = /^[^\s\p{C}](?:[^\p{C}\p{Zl}\p{Zp}]|[\n\t])*$/u;
const HIDDEN = /[\u007f-\u00a0\u2028\u2029\ufeff]/g;

/** A text on one line, in quotes where some reader would misread it. */
export function yamlText(text: string): string {
  if (PLAIN.test(text) && !text.endsWith(' ') && !YAML_1_1_SURPRISES.test(text)) return text;
  return JSON.stringify(text).replace(HIDDEN, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A text of several lines as a literal block below `indent`; undefined when quotes are needed. */
export function yamlBlock(text: string, indent: string): string | undefined {
  if (!text.includes('\n') || !LITERAL.test(text)) return undefined;
  const chomp = !text.endsWith('\n') ? '-' : text.endsWith('\n\n') ? '+' : '';
  const lines = (chomp === '-' ? text : text.slice(0, -1)).split('\n');
  return `|${chomp}\n${lines.map((line) => (line === '' ? '' : indent + line)).join('\n')}`;
}
