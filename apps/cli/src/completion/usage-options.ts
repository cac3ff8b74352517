import type { OptionTable } from '../command.ts';

/** An option as the usage of its command has it. */
export interface UsageOption {
  /** With its dashes; `--no-prune` where it switches off what is on. */
  readonly flag: string;
  readonly name: string;
  readonly description: string;
  /** What its value can be, where the usage lists it: `json|yaml`. */
  readonly words: readonly string[];
}

/** Where descriptions begin in every usage. */
const COLUMN = 29;

export function usageOptions(usage: string, options: OptionTable): readonly UsageOption[] {
  const lines = usage.split('\n');
  return lines.flatMap((line, at) => {
    if (!/^ {2,6}-/.test(line)) return [];
    const fits = line.length > COLUMN && line[COLUMN - 1] === ' ' && line[COLUMN - 2] !== ',';
    const label = fits ? line.slice(0, COLUMN) : line;
    const description = (fits ? line.slice(COLUMN) : (lines[at + 1] ?? '')).trim();
    const flags = label.match(/--[a-z][a-z-]*/g) ?? [];
    return flags.map((flag) => ({ flag, name: nameOf(flag, options), description, words: wordsOf(flag, label) }));
  });
}

function nameOf(flag: string, options: OptionTable): string {
  const name = flag.slice(2);
  return options[name] === undefined && name.startsWith('no-') ? name.slice(3) : name;
}

function wordsOf(flag: string, label: string): readonly string[] {
  const value = label.slice(label.indexOf(flag) + flag.length).trim();
  return /^[a-z-]+(\|[a-z-]+)+$/.test(value) ? value.split('|') : [];
}
