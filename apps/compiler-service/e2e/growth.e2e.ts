import { describe, expect, it } from '@jest/globals';
import { HeldMemory } from '@ushadow/compose/testing';
import { toSource } from '../src/uploads/to-source.ts';
import { GROWING } from '../src/testing/growing-projects.ts';
import { tasks, type TaskInput } from '../src/work/tasks.ts';

const TRIES = 6;
/** Twice is linear, four times quadratic. */
const FACTOR = 2.8;
const SLACK_MS = 40;
const SLACK_BYTES = 4 * 1024 ** 2;

type Task = 'examine' | 'tellVariables' | 'previewService' | 'compileProject';
type Costs = Record<Task, { milliseconds: number; bytes: number }>;

const key = Buffer.alloc(32);
const gathering = { operator: {}, settings: [], saved: new Map(), scans: [], unavailable: undefined };
const policy = { hostPaths: [], podSecurity: 'privileged' } as const;

/** What everything that is asked of a project costs, in processor time and in memory that the answer holds. */
function costsOf(files: Readonly<Record<string, string>>): Costs {
  const content = Object.entries(files).map(([path, text]) => ({
    path,
    content: Buffer.from(text),
    executable: false,
  }));
  const source = toSource('growing', content, new Date(0));
  if (source === undefined) throw new Error('no source');
  const measured = <T>(run: () => T): { cost: Costs[Task]; answer: T } => {
    const memory = new HeldMemory();
    const before = process.cpuUsage();
    const answer = run();
    const { user, system } = process.cpuUsage(before);
    return { cost: { milliseconds: (user + system) / 1_000, bytes: memory.held() }, answer };
  };
  const examined = measured(() => tasks.examine({ source, variables: {}, digestKey: key }));
  expect(examined.answer.errors).toEqual([]);
  const [service] = examined.answer.services;
  if (service === undefined) throw new Error('no service');
  const preview: TaskInput<'previewService'> = {
    source,
    service: { id: `growing:${service.name}`, name: service.name, service: service.service },
    request: {
      namespace: 'growth',
      spec: undefined,
      nodeName: undefined,
      typed: undefined,
      secrets: undefined,
      variables: undefined,
      allowUnresolved: true,
      kubeVersion: undefined,
    },
    gathering,
    policy,
    checksumKey: 'k',
  };
  const project = { source, gathering, policy, keys: { checksum: 'k', files: key, values: key } };
  return {
    examine: examined.cost,
    tellVariables: measured(() => tasks.tellVariables({ source, input: { project: 'growing' }, gathering })).cost,
    previewService: measured(() => tasks.previewService(preview)).cost,
    compileProject: measured(() =>
      tasks.compileProject({
        ...project,
        input: { project: 'growing', cluster_id: 'none', namespace: 'growth', allow_unresolved: true },
      } as TaskInput<'compileProject'>),
    ).cost,
  };
}

function least(a: Costs | undefined, b: Costs): Costs {
  if (a === undefined) return b;
  const both = (Object.keys(b) as Task[]).map((task) => [
    task,
    {
      milliseconds: Math.min(a[task].milliseconds, b[task].milliseconds),
      bytes: Math.min(a[task].bytes, b[task].bytes),
    },
  ]);
  return Object.fromEntries(both) as Costs;
}

/** Tasks that took more than the linear share at twice the size. */
function steeper(once: Costs, twice: Costs): readonly string[] {
  return (Object.keys(once) as Task[]).flatMap((task) => {
    const [a, b] = [once[task], twice[task]];
    const time = b.milliseconds > FACTOR * a.milliseconds + SLACK_MS;
    const memory = b.bytes > FACTOR * Math.max(a.bytes, 0) + SLACK_BYTES;
    return [
      ...(time ? [`${task}: ${a.milliseconds.toFixed(0)} ms, then ${b.milliseconds.toFixed(0)} ms`] : []),
      ...(memory ? [`${task}: ${String(a.bytes)} bytes, then ${String(b.bytes)} bytes`] : []),
    ];
  });
}

describe('reading, describing and compiling a project', () => {
  it.each(Object.entries(GROWING))(
    'takes at most twice the time and memory for twice the %s',
    (_dimension, { size, at }) => {
      const [small, large] = [at(size), at(2 * size)];
      costsOf(small); // Code that has not run yet is slow.
      let once: Costs | undefined;
      let twice: Costs | undefined;
      let steep: readonly string[] = [];
      // Others use this machine too: what counts is the least that it took.
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
