import type { ProjectVariableData } from '@ushadow/contracts';
import { visibleText } from '../terminal/terminal-text.ts';

/** The variables as a `.env` to fill in. The values of secrets are known to nobody here. */
export function envText(variables: readonly ProjectVariableData[]): string {
  return variables
    .filter(({ uses, containers }) => uses.length + containers.length > 0)
    .flatMap((variable) => [...comments(variable), `${variable.name}=${valueOf(variable)}`, ''])
    .map((line) => `${line}\n`)
    .join('');
}

function comments(variable: ProjectVariableData): string[] {
  const { required_message: message, is_secret: isSecret, is_set: isSet, is_required: isRequired } = variable;
  const notes = [
    ...(message === null || message === '' ? [] : [message]),
    ...(isRequired && !isSet ? ['required'] : []),
    ...(isSecret ? [isSet ? `secret, set by ${variable.source}; left empty here` : 'secret'] : []),
  ];
  return notes.length === 0 ? [] : [`# ${visibleText(notes.join('; ')).replaceAll('\n', ' ')}`];
}

/** In quotes where the text has anything that an env file would read otherwise. */
function valueOf({ value, is_secret: isSecret }: ProjectVariableData): string {
  if (isSecret || value === null) return '';
  if (/^[\w@%+=:,./-]*$/.test(value)) return value;
  if (!/['\n]/.test(value)) return `'${value}'`;
  const escaped = value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('$', '\\$').replaceAll('\n', '\\n');
  return `"${escaped}"`;
}
