import type { CommandModule } from '../command.ts';
import { takesValue } from '../shell/shell-options.ts';

/** What stands before the word that is completed. */
export interface ReadWords {
  readonly values: ReadonlyMap<string, string>;
  readonly positionals: readonly string[];
  /** The option whose value comes next. */
  readonly open?: string;
  /** Another command has begun. */
  readonly isPassed: boolean;
}

export function readWords(
  words: readonly string[],
  { options, passesArguments = false }: Pick<CommandModule, 'options' | 'passesArguments'>,
): ReadWords {
  const values = new Map<string, string>();
  const positionals: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--') {
      positionals.push(...words.slice(at + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      positionals.push(word);
      if (passesArguments) return { values, positionals, isPassed: at < words.length };
      continue;
    }
    const name = nameOf(word, options);
    const equals = word.indexOf('=');
    if (equals > 0) values.set(name, word.slice(equals + 1));
    if (!takesValue(word, options)) {
      if (equals < 0) values.set(name, '');
      continue;
    }
    at += 1;
    const value = words[at];
    if (value === undefined) return { values, positionals, open: name, isPassed: false };
    values.set(name, value);
  }
  return { values, positionals, isPassed: false };
}

/** Of several letters behind one dash, the last one may take a value. */
function nameOf(word: string, options: CommandModule['options']): string {
  if (word.startsWith('--')) return word.slice(2).replace(/=.*$/s, '');
  const letter = word.at(-1);
  return Object.entries(options).find(([, { short }]) => short === letter)?.[0] ?? '';
}
