import { own } from '@ushadow/kubernetes';
import type { DeclaredValue, NamedValue } from '../environment-input.ts';
import type { ValueSource } from '../resolved-variable.ts';
import type { Level, Offer } from './level.ts';

/** What was chosen for `${NAME}` goes to every container that has a variable of this name. */
const CHOSEN: ReadonlySet<ValueSource> = new Set(['typed', 'remembered']);

/** As in Compose: they fill what refers to them, and leave a text that a file says itself alone. */
const AROUND: ReadonlySet<ValueSource> = new Set(['shell', 'env_file']);

export const namedLevel: Level = ({ name, declared, input }) => {
  if (declared === undefined) return [];
  const isReference = refersToItself(declared);
  return (own(input.named ?? {}, name) ?? [])
    .filter(({ source }) => CHOSEN.has(source) || (isReference && AROUND.has(source)))
    .map(fromNamed);
};

/** `NAME: ${NAME}`, with a default or without, or `NAME` alone. */
function refersToItself({ name, template, references, origin }: DeclaredValue): boolean {
  if (origin === 'env_file') return false;
  if (template === null) return true;
  return /^\$(?:\{[^]*\}|\w+)$/.test(template) && references[0]?.name === name;
}
export function fromNamed({ secretSetting, ...rest }: NamedValue): Offer {
  return { ...rest, origin: { secretSetting } };
}
