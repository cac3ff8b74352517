import { splitWords } from '../text/split-words.ts';
import { instructionsOf } from './dockerfile-lines.ts';

/** What a Dockerfile says of the image that it makes. */
export interface ImageRecipe {
  /** Of the registry, or what the file calls it where a variable is not known. */
  readonly base: string;
  readonly workingDir: string;
  /** Folders and files that it copies something to. */
  readonly written: readonly string[];
  /** Commands that a shell of it runs. */
  readonly runs: readonly string[];
  readonly user: string | undefined;
}

const NOTHING: ImageRecipe = { base: '', workingDir: '/', written: [], runs: [], user: undefined };

/** The stage that is built, with all that it goes on from; undefined where the text has no such stage. */
export function readDockerfile(text: string, target?: string): ImageRecipe | undefined {
  const stages: Stage[] = [];
  const variables = new Map<string, string>();
  for (const { keyword, rest } of instructionsOf(text)) {
    const value = substituted(rest, variables);
    const last = stages.at(-1);
    if (keyword === 'FROM') stages.push(begun(value, stages));
    else if (keyword === 'ARG' || keyword === 'ENV') remember(value, variables);
    else if (last !== undefined) stages[stages.length - 1] = { ...last, recipe: after(last.recipe, keyword, value) };
  }
  return (target === undefined ? stages.at(-1) : stageOf(target, stages))?.recipe;
}

interface Stage {
  readonly name: string;
  readonly recipe: ImageRecipe;
}

function begun(value: string, stages: readonly Stage[]): Stage {
  const [base = '', , alias] = value.replace(/^(--\S+\s+)+/, '').split(/\s+/);
  const recipe = stageOf(base, stages)?.recipe ?? { ...NOTHING, base };
  return { name: (alias ?? String(stages.length)).toLowerCase(), recipe };
}

function stageOf(name: string, stages: readonly Stage[]): Stage | undefined {
  return (
    stages.findLast((stage) => stage.name === name.toLowerCase()) ??
    (/^\d+$/.test(name) ? stages[Number(name)] : undefined)
  );
}

function after(recipe: ImageRecipe, keyword: string, value: string): ImageRecipe {
  switch (keyword) {
    case 'WORKDIR':
      return { ...recipe, workingDir: absolute(value.trim(), recipe.workingDir) };
    case 'USER':
      return { ...recipe, user: value.trim() };
    case 'RUN':
      return value.startsWith('[') ? recipe : { ...recipe, runs: [...recipe.runs, value] };
    case 'COPY':
    case 'ADD': {
      const to = destination(value);
      return to === undefined ? recipe : { ...recipe, written: [...recipe.written, absolute(to, recipe.workingDir)] };
    }
    default:
      return recipe;
  }
}

/** The last word; undefined where it depends on what is given to the build. */
function destination(value: string): string | undefined {
  const plain = value.replace(/^(--\S+\s+)+/, '');
  const words = plain.startsWith('[')
    ? (plain.match(/"([^"]*)"/g) ?? []).map((word) => word.slice(1, -1))
    : splitWords(plain);
  const to = words.length < 2 ? undefined : words.at(-1);
  return to?.includes('$') === true ? undefined : to;
}

function absolute(path: string, folder: string): string {
  const whole = path.startsWith('/') ? path : `${folder}/${path}`;
  const parts: string[] = [];
  for (const part of whole.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** `NAME=value …`, and the old `NAME value`. */
function remember(value: string, variables: Map<string, string>): void {
  const words = splitWords(value);
  if (words.length > 1 && words[0]?.includes('=') === false) variables.set(words[0], words.slice(1).join(' '));
  for (const word of words) {
    const at = word.indexOf('=');
    if (at > 0) variables.set(word.slice(0, at), word.slice(at + 1));
  }
}

/** `$NAME`, `${NAME}` and `${NAME:-default}`; what is not known stays. */
function substituted(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$(?:\{(\w+)(?::-([^}]*))?\}|(\w+))/g,
    (whole, braced: string | undefined, other: string | undefined, bare: string | undefined) =>
      variables.get(braced ?? bare ?? '') ?? other ?? whole,
  );
}
