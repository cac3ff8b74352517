import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import type { CommandResult } from './command.ts';

type Canary = {
  readonly file: string;
  readonly text: string;
  /** The path it pretends to have. */
  readonly as: string;
  /** How many errors each rule must report. */
  readonly expected: ReadonlyMap<string, number>;
};

/** Lints the files of tools/boundary-canary under their pretended paths and compares what each rule reports. */
export async function checkCanaries(root: string): Promise<CommandResult> {
  const folder = join(root, 'tools', 'boundary-canary');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts')).sort();
  const eslint = new ESLint({
    cwd: root,
    // A file that does not exist is in no compiler project: the rules that ask the compiler have to stay out.
    overrideConfig: [
      {
        files: ['**/canary.ts'],
        languageOptions: { parserOptions: { projectService: false, project: false, program: null } },
        rules: Object.fromEntries(COMPILER_RULES.map((rule) => [`@typescript-eslint/${rule}`, 'off'])),
      },
    ],
  });
  const complaints: string[] = [];
  for (const file of files) {
    const canary = parseCanary(file, await readFile(join(folder, file), 'utf8'));
    complaints.push(...compare(canary, await countErrors(eslint, root, canary)));
  }
  if (files.length === 0) complaints.push('there are no canaries');
  return { ok: complaints.length === 0, output: complaints.join('\n') };
}

const COMPILER_RULES = [
  'await-thenable',
  'no-floating-promises',
  'no-misused-promises',
  'no-unsafe-argument',
  'no-unsafe-assignment',
  'no-unsafe-call',
  'no-unsafe-member-access',
  'no-unsafe-return',
  'only-throw-error',
  'switch-exhaustiveness-check',
];

/** What no rule finds too short or too long. */
const USUAL_LINES = 20;

export function parseCanary(file: string, text: string): Canary {
  const as = /^\/\/ as (\S+)$/m.exec(text)?.[1];
  const expected = new Map(
    [...text.matchAll(/^\/\/ expect (\S+) (\d+)$/gm)].map(([, rule = '', count]) => [rule, Number(count)]),
  );
  if (!as || expected.size === 0) throw new Error(`${file} does not say what it pretends to be and what it expects`);
  const lines = Number(/^\/\/ lines (\d+)$/m.exec(text)?.[1] ?? USUAL_LINES);
  return { file, text: padTo(lines, text), as, expected };
}

/** With empty comments at the end: the rules about sizes count them, and no other rule sees them. */
function padTo(lines: number, text: string): string {
  const missing = lines - text.trimEnd().split('\n').length;
  return missing > 0 ? text + '//\n'.repeat(missing) : text;
}

async function countErrors(eslint: ESLint, root: string, { text, as }: Canary): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { messages } of await eslint.lintText(text, { filePath: join(root, as) })) {
    for (const { ruleId, message } of messages) {
      const rule = ruleId ?? `parser: ${message}`;
      counts.set(rule, (counts.get(rule) ?? 0) + 1);
    }
  }
  return counts;
}

function compare({ file, expected }: Canary, found: ReadonlyMap<string, number>): readonly string[] {
  const rules = new Set([...expected.keys(), ...found.keys()]);
  return [...rules].flatMap((rule) => {
    const [wanted, got] = [expected.get(rule) ?? 0, found.get(rule) ?? 0];
    return wanted === got ? [] : [`${file}: ${rule} should report ${wanted} errors and reported ${got}`];
  });
}
