import { describe, expect, it } from '@jest/globals';
import { HeldMemory } from '@ushadow/compose/testing';
import { GROWING } from '../src/testing/growing-projects.ts';
import { toSource } from '../src/uploads/to-source.ts';
import { tasks, type TaskInput } from '../src/work/tasks.ts';

const TRIES = 6;
/** Twice is linear, four times quadratic. */
const FACTOR = 2.8;
const SLACK = { milliseconds: 40, bytes: 4 * 1024 ** 2 };

/** Processor time by task, and what all answers together hold. */
type Costs = Readonly<Record<string, number>>;

const key = Buffer.alloc(32);
const gathering = { operator: {}, settings: [], saved: new Map(), scans: [], unavailable: undefined };
const compiling: Omit<TaskInput<'compileProject'>, 'source'> = {
  input: { project: 'growing', cluster_id: 'none', namespace: 'growth', allow_unresolved: true },
  gathering,
  policy: { hostPaths: [], podSecurity: 'privileged' },
  keys: { checksum: 'k', files: key, values: key },
};

function costsOf(files: Readonly<Record<string, string>>): Costs {
  const content = Object.entries(files).map(([path, text]) => ({
    path,
    content: Buffer.from(text),
    executable: false,
  }));
  const source = toSource('growing', content, new Date(0));
  if (source === undefined) throw new Error('no source');
  const memory = new HeldMemory();
  const timed = <T>(run: () => T): [T, number] => {
    const before = process.cpuUsage();
    const answer = run();
    const { user, system } = process.cpuUsage(before);
    return [answer, (user + system) / 1_000];
  };
  const [examined, examine] = timed(() => tasks.examine({ source, variables: {}, digestKey: key }));
  const [told, listVariables] = timed(() => tasks.listVariables({ source, input: { project: 'growing' }, gathering }));
  const [compiled, compileProject] = timed(() => tasks.compileProject({ source, ...compiling }));
  const bytes = memory.held();
  expect([examined.errors, told.problems, compiled.project]).toEqual([[], [], 'growing']);
  return { examine, listVariables, compileProject, bytes };
}

function least(a: Costs, b: Costs): Costs {
  return Object.fromEntries(Object.entries(b).map(([what, cost]) => [what, Math.min(a[what] ?? Infinity, cost)]));
}

/** What took more than its linear share at twice the size. */
function steeper(once: Costs, twice: Costs): readonly string[] {
  return Object.entries(once).flatMap(([what, cost]) => {
    const more = twice[what] ?? 0;
    const slack = what === 'bytes' ? SLACK.bytes : SLACK.milliseconds;
    return more > FACTOR * Math.max(cost, 0) + slack ? [`${what}: ${cost.toFixed(0)}, then ${more.toFixed(0)}`] : [];
  });
}

describe('reading, describing and compiling a project', () => {
  it.each(Object.entries(GROWING))(
    'take at most linearly more time and memory for twice the %s',
    (_dimension, { size, at }) => {
      const [small, large] = [at(size), at(2 * size)];
      let [once, twice]: [Costs, Costs] = [{}, {}];
      let steep: readonly string[] = [];
      // Others use this machine too, and code that has not run yet is slow: what counts is the least that it took.
      for (let tried = 0; tried < TRIES; tried += 1) {
        [once, twice] = [least(once, costsOf(small)), least(twice, costsOf(large))];
        steep = steeper(once, twice);
        if (steep.length === 0) break;
      }
      expect(steep).toEqual([]);
    },
    300_000,
  );
});
