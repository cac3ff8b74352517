import type { ShownVariable } from './shown-variable.ts';

/** What needs no quotes: nothing in it means anything to a reader of env files. */
const PLAIN = /^[\w./:@%+,-]+$/;

/**
 * The values as an env file. Secrets are left out unless they were typed here, since the page does not know them; they, and what
 * has no value, stand there as comments, so that nothing is missed.
 */
export function dotenvText(shown: readonly ShownVariable[]): string {
  return shown.map(lineOf).join('');
}

function lineOf({ variable: { name }, text, isTyped, isSet, isSecret }: ShownVariable): string {
  if (isSecret && !isTyped) return `# ${name}= (secret, ${isSet ? 'not shown' : 'not set'})\n`;
  if (!isSet) return `# ${name}=\n`;
  return `${name}=${quoted(text)}\n`;
}

function quoted(text: string): string {
  if (text === '' || PLAIN.test(text)) return text;
  if (!text.includes("'") && !text.endsWith('\\')) return `'${text}'`;
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('$', '\\$').replaceAll('\n', '\\n');
  return `"${escaped}"`;
}
