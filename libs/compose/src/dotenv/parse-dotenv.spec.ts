import { describe, expect, it } from '@jest/globals';
import { loadText } from '../../testing/load-text.ts';
import { fixturesMissing, named, table } from '../../testing/fixtures.ts';
import { parseDotenv } from './parse-dotenv.ts';

interface Case {
  readonly n: number;
  readonly input: string;
  readonly expect?: Record<string, string>;
  readonly error?: string;
  readonly osEnv?: Record<string, string>;
}

interface Precedence {
  readonly n: number;
  readonly case: string;
  readonly env_file?: readonly (string | { path: string; format: string; content: string })[];
  readonly environment?: Record<string, unknown>;
  readonly environmentList?: readonly string[];
  readonly projectEnv?: Record<string, string>;
  readonly dotenv?: string;
  readonly expect: Record<string, string>;
}

interface Table {
  readonly cases: readonly Case[];
  readonly precedence: readonly Precedence[];
}

const none: Table = { cases: [{ n: 0, input: '' }], precedence: [{ n: 0, case: '', expect: {} }] };
const { cases, precedence } = table('compose-go/derived/dotenv-cases.json', none);
const run = fixturesMissing ? it.skip : it;

function read(input: string, outer: Record<string, string> = {}): Record<string, string> {
  const { entries } = parseDotenv(input, (name) => outer[name]);
  return Object.fromEntries(entries.map(({ name, value }) => [name, value]));
}

describe('parseDotenv', () => {
  it('reads quotes, comments, export, both separators and escapes', () => {
    const text = `export A = 1\nB: two words # note\nC="x\\ty\\$z" \nD='$A'\nE="l1\nl2"\nF=v#kept\n# end\n`;
    expect(read(text)).toEqual({ A: '1', B: 'two words', C: 'x\ty$z', D: '$A', E: 'l1\nl2', F: 'v#kept' });
  });

  it('looks outside first, then in the lines above', () => {
    expect(read('A=1\nB=$A${C:-d}\nA\n', { A: 'out' })).toEqual({ A: 'out', B: 'outd' });
  });

  it('goes on after a bad line and says where it is', () => {
    const { entries, problems } = parseDotenv('A=1\nb$d=2\nC=3\nD="open', () => undefined);
    expect(entries.map(({ name }) => name)).toEqual(['A', 'C']);
    expect(problems.map(({ line, column }) => [line, column])).toEqual([
      [2, 1],
      [4, 1],
    ]);
  });
});

describe(named('dotenv table'), () => {
  run.each(cases)('row $n', (row) => {
    const { problems } = parseDotenv(row.input, (name) => row.osEnv?.[name]);
    if (row.error) expect(problems.length).toBeGreaterThan(0);
    else {
      expect(problems).toEqual([]);
      expect(read(row.input, row.osEnv)).toEqual(row.expect);
    }
  });
});

describe(named('precedence table'), () => {
  run.each(precedence)('row $n: $case', (row) => {
    const files: Record<string, string> = row.dotenv === undefined ? {} : { '.env': row.dotenv };
    const references = (row.env_file ?? []).map((file, index) => {
      const path = typeof file === 'string' ? `${index}.env` : file.path;
      files[path] = typeof file === 'string' ? file : file.content;
      return typeof file === 'string' ? { path } : { path, format: file.format };
    });
    const service = { image: 'x', env_file: references, environment: row.environmentList ?? row.environment ?? {} };
    const result = loadText(JSON.stringify({ services: { a: service } }), files, { environment: row.projectEnv ?? {} });
    const values = Object.entries(result.project?.services['a']?.environment ?? {}).filter(
      ([, value]) => value !== null,
    );
    expect(Object.fromEntries(values)).toEqual(row.expect);
  });
});
