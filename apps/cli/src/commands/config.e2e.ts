import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { allRuns, differences, findReference, fixtures, fixturesMissing, type Run } from '@ushadow/compose/testing';
import { parse } from 'yaml';
import { runUshadow } from '../testing/run-ushadow.ts';

const reference = findReference();
const missing =
  fixturesMissing ?? (reference ? undefined : 'docker-compose is not there (USHADOW_TOOLS_BIN or DOCKER_COMPOSE_BIN)');
const check = missing === undefined ? it : it.skip;

type Read = (text: string) => unknown;

const asYaml: Read = (text) => withoutIndent(parse(text, { merge: true, maxAliasCount: -1 }));
const asList: Read = (text) => text.trim().split('\n').sort();

/** A block that begins with an empty line comes back from the reference's YAML without its indent. */
function withoutIndent(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith('\n') ? value.replace(/^ +/gm, '') : value;
  if (Array.isArray(value)) return value.map(withoutIndent);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutIndent(item)]));
}

/** The reference prints structs that cannot be absent as empty objects. */
function asJson(text: string): unknown {
  return JSON.parse(text, (key, item: unknown) =>
    ['ipam', 'placement', 'resources'].includes(key) && JSON.stringify(item) === '{}' ? undefined : item,
  );
}

/** A project named by a variable, which the reference names in a way of its own; and two containers of one name, which it takes here. */
const EXCEPTIONS = /casdoor|hoppscotch/;

function theirs(run: Run, args: readonly string[]): Promise<string | undefined> {
  const options = { env: { ...run.environment }, cwd: '/', timeout: 20_000, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile(reference ?? '', [...filesOf(run), 'config', ...args], options, (error, out) =>
      resolve(error ? undefined : out),
    );
  });
}

function filesOf({ files, profiles = [] }: Run): readonly string[] {
  return [...files.flatMap((file) => ['-f', file]), ...profiles.flatMap((profile) => ['--profile', profile])];
}

/** Of each run that the reference takes: where the two differ. */
async function compared(runs: readonly Run[], args: readonly string[], read: Read) {
  const found: string[] = [];
  let taken = 0;
  for (let at = 0; at < runs.length; at += 3) {
    const three = runs.slice(at, at + 3);
    const answers = await Promise.all(three.map((run) => theirs(run, args)));
    for (const [index, run] of three.entries()) {
      const expected = answers[index];
      if (expected === undefined) continue;
      taken += 1;
      const options = { workingDirectory: '/', environment: run.environment };
      const ours = await runUshadow(['config', ...filesOf(run), ...args], options);
      const where = ours.code === 0 ? differences(read(ours.out), read(expected)) : [`: ours refuses: ${ours.error}`];
      found.push(...where.map((each) => `${run.name}${each}`));
    }
  }
  return { found, taken };
}

describe(missing === undefined ? 'ushadow config' : `ushadow config (skipped: ${missing})`, () => {
  check(
    'prints what docker compose config prints, with what it leaves out, for the whole corpus',
    async () => {
      const { found, taken } = await compared(allRuns(fixtures), [], asYaml);
      expect(found).toEqual([]);
      expect(taken).toBeGreaterThan(300);
    },
    600_000,
  );

  check.each<[string, Read]>([
    ['--format json', asJson],
    ['--no-interpolate', asYaml],
    ['--no-normalize', asYaml],
    ['--no-path-resolution', asYaml],
    ['--no-env-resolution', asYaml],
    ['--no-consistency', asYaml],
    ['--services', asList],
    ['--volumes', asList],
    ['--networks', asList],
    ['--models', asList],
    ['--images', asList],
    ['--profiles', asList],
  ])(
    'takes its switch %s',
    async (text, read) => {
      const some = allRuns(fixtures).filter((run, index) => index % 18 === 0 && !EXCEPTIONS.test(run.name));
      const { found, taken } = await compared(some, text.split(' '), read);
      expect(found).toEqual([]);
      expect(taken).toBeGreaterThan(8);
    },
    300_000,
  );
});
