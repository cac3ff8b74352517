import type { Command, CommandModule, Names } from '../command.ts';
import { readWords, type ReadWords } from './read-words.ts';
import { usageOptions } from './usage-options.ts';

export interface Candidate {
  readonly value: string;
  readonly description?: string;
}

export interface Completion {
  readonly candidates: readonly Candidate[];
  /** The shell completes paths of this machine as well. */
  readonly paths?: 'files' | 'folders';
}

/** What there is of a kind; nothing where that cannot be known soon. */
export type KnownNames = (
  kind: 'service' | 'stack' | 'cluster' | 'template',
  typed: string,
  values: ReadonlyMap<string, string>,
) => Promise<readonly Candidate[]>;

/** What the values of options name, by their name in any command. */
const VALUES: Readonly<Record<string, Names>> = {
  cluster: 'cluster',
  'project-name': 'stack',
  'infra-of': 'stack',
  service: 'service',
  file: 'file',
  'env-file': 'file',
  spec: 'file',
  'checksum-key': 'file',
  template: 'file',
  output: 'file',
  'project-directory': 'folder',
};

const NOTHING: Completion = { candidates: [] };

/** What the last of the words, which stand behind `ushadow`, can become. */
export async function complete(
  words: readonly string[],
  commands: readonly Command[],
  known: KnownNames,
): Promise<Completion> {
  const [name = '', ...rest] = words;
  if (words.length < 2)
    return begun(
      name,
      commands.map((each) => ({ value: each.name, description: each.summary })),
    );
  const loaded = await commands.find((each) => each.name === name)?.load();
  if (loaded === undefined) return NOTHING;
  const typed = rest.at(-1) ?? '';
  const before = readWords(rest.slice(0, -1), loaded);
  if (before.open !== undefined) return valueOf(before.open, typed, loaded, before, known);
  if (before.isPassed) return NOTHING;
  const [, option, value] = /^--([a-z-]+)=(.*)$/s.exec(typed) ?? [];
  if (option !== undefined && value !== undefined)
    return prefixed(`--${option}=`, await valueOf(option, value, loaded, before, known));
  if (typed.startsWith('-')) return begun(typed, optionsOf(loaded, before));
  const { names = [] } = loaded;
  return namesOf(names[before.positionals.length] ?? names.at(-1), typed, before, known);
}

function optionsOf({ usage, options }: CommandModule, { values }: ReadWords): readonly Candidate[] {
  return usageOptions(usage, options)
    .filter(({ name }) => options[name]?.multiple === true || !values.has(name))
    .map(({ flag, description }) => ({ value: flag, description }));
}

function valueOf(
  name: string,
  typed: string,
  { usage, options }: CommandModule,
  before: ReadWords,
  known: KnownNames,
): Promise<Completion> {
  const { words = [] } = usageOptions(usage, options).find((each) => each.name === name) ?? {};
  return namesOf(words.length > 0 ? words : VALUES[name], typed, before, known);
}

async function namesOf(
  names: Names | undefined,
  typed: string,
  { values }: ReadWords,
  known: KnownNames,
): Promise<Completion> {
  if (names === undefined) return NOTHING;
  if (names === 'file') return { candidates: [], paths: 'files' };
  if (names === 'folder') return { candidates: [], paths: 'folders' };
  if (typeof names === 'string') return begun(typed, await known(names, typed, values));
  return begun(
    typed,
    names.map((value) => ({ value })),
  );
}

function begun(typed: string, candidates: readonly Candidate[]): Completion {
  return { candidates: candidates.filter(({ value }) => value.startsWith(typed)) };
}

function prefixed(prefix: string, { candidates, ...rest }: Completion): Completion {
  return { ...rest, candidates: candidates.map((each) => ({ ...each, value: `${prefix}${each.value}` })) };
}
