import { describe, expect, it } from '@jest/globals';
import { loadText } from '../testing/load-text.ts';
import { parseDotenv } from './dotenv/parse-dotenv.ts';
import type { LoadInput, LoadResult } from './load-input.ts';
import { loadProject } from './load-project.ts';
import { MemoryFilePort } from './files/memory-file-port.ts';
import { ParsedFiles } from './parse/parsed-files.ts';

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
const errors = (result: LoadResult): readonly string[] => [
  ...new Set(result.diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code)),
];

interface Growing {
  readonly yaml: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly input?: Partial<LoadInput>;
}

const service = (name: number | string, rest = ''): string => `  s${name}: {image: x${rest}}`;
const services = (rows: readonly string[]): string => ['services:', ...rows].join('\n');

/** Each dimension of what somebody can hand in, at a size. */
const DIMENSIONS: Readonly<Record<string, (n: number) => Growing>> = {
  services: (n) => ({ yaml: services(range(n).map((i) => service(i))) }),
  'services that extend one': (n) => ({
    yaml: services([
      service('base', ', environment: {A: 1, B: 2}'),
      ...range(n).map((i) => `  e${i}: {extends: sbase}`),
    ]),
  }),
  'services that extend one of a file': (n) => ({
    yaml: services(range(n).map((i) => `  e${i}: {extends: {file: base.yaml, service: s${i}}}`)),
    files: { 'base.yaml': services(range(n).map((i) => service(i))) },
  }),
  includes: (n) => ({
    yaml: `include: [${range(n).map((i) => `i${i}.yaml`)}]\n${services([service('own')])}`,
    files: Object.fromEntries(range(n).map((i) => [`i${i}.yaml`, services([service(i)])])),
  }),
  'includes of one file': (n) => ({
    yaml: `include: [${range(n).map(() => 'i.yaml')}]\n${services([service('own')])}`,
    files: { 'i.yaml': services(range(20).map((i) => service(i))) },
  }),
  'includes with variables of their own': (n) => ({
    yaml: `include: [${range(n).map((i) => `d${i}/compose.yaml`)}]\n${services([service('own')])}`,
    files: Object.fromEntries(
      range(n).flatMap((i) => [
        [`d${i}/compose.yaml`, services([service(i)])],
        [`d${i}/.env`, `A=${i}`],
      ]),
    ),
  }),
  aliases: (n) => ({ yaml: `x-a: &a {A: 1, B: 2}\n${services(range(n).map((i) => service(i, ', environment: *a')))}` }),
  'merge keys': (n) => ({
    yaml: `x-a: &a {image: y, user: u}\n${services(range(n).map((i) => `  s${i}: {<<: *a, image: z}`))}`,
  }),
  variables: (n) => ({
    yaml: services([service('own', `, environment: {${range(n).map((i) => `V${i}: "$A${i}"`)}}`)]),
    files: {
      '.env': range(n)
        .map((i) => `A${i}=${i}`)
        .join('\n'),
    },
  }),
  labels: (n) => ({ yaml: services([service('own', `, labels: {${range(n).map((i) => `l${i}: v`)}}`)]) }),
  ports: (n) => ({ yaml: services([service('own', `, ports: [${range(n).map((i) => `"${i + 1}:${i + 1}"`)}]`)]) }),
  volumes: (n) => ({ yaml: services([service('own', `, volumes: [${range(n).map((i) => `/v${i}`)}]`)]) }),
  profiles: (n) => ({ yaml: services(range(n).map((i) => service(i, `, profiles: [p${i}]`))) }),
  'override files': (n) => ({
    yaml: services([service('own')]),
    files: Object.fromEntries(range(n).map((i) => [`o${i}.yaml`, services(['  sown: {labels: {a: b}}'])])),
    input: { files: ['compose.yaml', ...range(n).map((i) => `o${i}.yaml`)] },
  }),
  'env files of services': (n) => ({
    yaml: services(range(n).map((i) => service(i, ', env_file: a.env'))),
    files: { 'a.env': 'A=1\nB=2' },
  }),
};

describe('what a project may cost', () => {
  it.each(Object.entries(DIMENSIONS))('grows no faster than the number of %s', (_name, at) => {
    const cost = (n: number): number => {
      const { yaml, files, input } = at(n);
      const result = loadText(yaml, files, input);
      expect(errors(result)).toEqual([]);
      return result.cost.nodes + result.cost.characters / 10;
    };
    const [once, twice, four] = [cost(50), cost(100), cost(200)];
    expect(four - twice).toBeLessThan(2.5 * (twice - once));
  });

  it('is linear in the depth of includes that each have variables of their own', () => {
    const depth = 45;
    const files = Object.fromEntries(
      range(depth).flatMap((i) => [
        [`d${i}/compose.yaml`, `include: [../d${i + 1}/compose.yaml]\n${services([service(i)])}`],
        [`d${i}/.env`, `A${i}="\\\\"`],
      ]),
    );
    files[`d${depth}/compose.yaml`] = services([service('last')]);
    const result = loadText('include: [d0/compose.yaml]', files);
    expect([errors(result), Object.keys(result.project?.services ?? {}).length]).toEqual([[], depth + 1]);
    expect(result.cost.nodes).toBeLessThan(depth * depth * 20);
  });

  it('settles each service once, however many ways lead to it', () => {
    const rows = range(90).map((i) => `  s${i}: {extends: s${i + 1}}`);
    const result = loadText(services([...rows, service(90)]));
    expect(errors(result)).toEqual([]);
    expect(result.cost.nodes).toBeLessThan(90 * 20);
  });

  it('ends with an error for services that extend each other without end in sight', () => {
    const rows = range(900).map((i) => `  s${i}: {image: x, extends: s${i + 1}}`);
    expect(errors(loadText(services([...rows, service(900)])))).toEqual(['CPS0508']);
  });

  it.each([
    ['an env file that doubles', services([service('a')]), { '.env': doubling(60) }, ['CPS0207']],
    [
      'a text of many long variables',
      services([service('a', `, user: "${'$A'.repeat(5_000)}"`)]),
      { '.env': `A=${'x'.repeat(9_000)}` },
      ['CPS0207'],
    ],
    [
      'a long text repeated by aliases',
      `x-t: &t "${'x'.repeat(100_000)}"\n${services([service('a', `, dns_search: [${range(3_000).map(() => '*t')}]`)])}`,
      {},
      ['CPS0008'],
    ],
    [
      'one file included without end',
      `include: [${range(2_000).map(() => 'i.yaml')}]`,
      { 'i.yaml': services([service('a')]) },
      ['CPS0009'],
    ],
    ['documents without end', '---\na: b\n'.repeat(20_000), {}, ['CPS0014']],
    ['commas without end', `x: [${','.repeat(300_000)}]`, {}, ['CPS0101']],
    ['ranges of ports', services(range(20).map((i) => service(i, ', ports: ["1-65535:1-65535"]'))), {}, ['CPS0016']],
    ['brackets without end', `x: ${'['.repeat(300_000)}`, {}, ['CPS0007']],
    ['brackets that close nothing', `x: [${'}'.repeat(300_000)}`, {}, ['CPS0101']],
    ['names without end', `? ${'k'.repeat(100_000)}\n: [$a, $b]`, {}, ['CPS0015']],
    ['numbers without end', `x: [${'1,'.repeat(250_000)}]`, {}, ['CPS0019']],
    [
      'a large file in many surroundings',
      `include: [${range(150).map((i) => `{path: big.yaml, env_file: e${i}.env}`)}]`,
      {
        'big.yaml': services(range(900).map((i) => service(i, ', user: $A'))),
        ...Object.fromEntries(range(150).map((i) => [`e${i}.env`, `A=${i}`])),
      },
      ['CPS0016'],
    ],
    [
      'a large env file of many services',
      services(range(900).map((i) => service(i, ', env_file: big.env'))),
      { 'big.env': 'A=1\n'.repeat(5_000) },
      ['CPS0017'],
    ],
  ])('answers %s with its limit', (_name, yaml, files, expected) => {
    expect(errors(loadText(yaml, files as Record<string, string>))).toEqual(expected);
  });

  it('takes any number of tags of its own for none of the syntax errors that it stops at', () => {
    const rows = range(400).map((i) => `  s${i}: {labels: !reset null, user: !override u}`);
    expect(errors(loadText(`${services(range(400).map((i) => service(i)))}\n---\n${services(rows)}`))).toEqual([]);
  });

  it('reads no further in an env file than its limit', () => {
    const { entries, problems } = parseDotenv(doubling(60), () => undefined);
    expect(problems).toHaveLength(1);
    expect(entries.reduce((sum, { value }) => sum + value.length, 0)).toBeLessThan(5 * 1024 * 1024);
  });

  it('never drops an error for warnings that were found before it', () => {
    const unset = range(700).map((i) => `V${i}: "$U${i}"`);
    const result = loadText(
      services([service('a', `, environment: {${unset}}`), '  b: {depends_on: [none], image: y}']),
    );
    expect([result.ok, errors(result)]).toEqual([false, ['CPS0701']]);
    expect(result.diagnostics).toHaveLength(501);
  });

  it('repeats little of what it complains about', () => {
    const result = loadText(services([service('a', `, ports: ["${'9'.repeat(100_000)}x"]`)]));
    expect(errors(result)).not.toEqual([]);
    for (const { message } of result.diagnostics) expect(message.length).toBeLessThan(3_000);
  });
});

describe('files that were read before', () => {
  it('make the same project and the same findings, and say again what is wrong', () => {
    const files = { '/app/compose.yaml': services([service('a', ', user: $U')]), '/app/bad.yaml': 'a: *none' };
    const input = (name: string): LoadInput => ({
      files: [`/app/${name}`],
      port: new MemoryFilePort(files),
      environment: {},
      parsed,
    });
    const parsed = new ParsedFiles();
    for (const name of ['compose.yaml', 'bad.yaml']) {
      const [first, second] = [loadProject(input(name)), loadProject(input(name))];
      expect([second.project, second.diagnostics, second.cost]).toEqual([first.project, first.diagnostics, first.cost]);
    }
  });

  it('are taken over from loads before as long as they are read, and only while they are the same', () => {
    const load = (text: string, parsed: ParsedFiles) =>
      loadProject({
        files: ['/app/a.yaml'],
        port: new MemoryFilePort({ '/app/a.yaml': text }),
        environment: {},
        parsed,
      });
    const at = ({ positions }: ReturnType<typeof load>) => positions.at('/services/sa/image');
    const text = services([service('a')]);
    const first = new ParsedFiles();
    const before = load(text, first);
    const second = new ParsedFiles(first);
    const again = load(text, second);
    expect([again.project, again.cost]).toEqual([before.project, before.cost]);
    expect(at(again)).toBe(at(before));
    const third = new ParsedFiles(second);
    expect(load(services([service('a', ', user: u')]), third).project?.services['sa']?.user).toBe('u');
    const unused = new ParsedFiles(new ParsedFiles(third));
    expect(at(load(text, unused))).not.toBe(at(before));
  });
});

function doubling(lines: number): string {
  return ['A0=xxxxxxxx', ...range(lines).map((i) => `A${i + 1}=$A${i}$A${i}`)].join('\n');
}
