import { afterEach, describe, expect, it } from '@jest/globals';
import type { ProjectFile } from '../uploads/upload.ts';
import { toSource } from '../uploads/to-source.ts';
import { BoundedWorker } from './bounded-worker.ts';
import type { TaskInput } from './tasks.ts';
import { DEFAULT_WORK_LIMITS, type WorkLimits } from './work-limits.ts';
import { Workers } from './workers.ts';

/** Does what the stem of the project asks for. */
const misbehaving = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    const acts = {
      loop() { for (;;); },
      idle() { return undefined; },
      hoard() { const all = []; for (;;) all.push(Array.from({ length: 10_000 }, (_, at) => ({ at }))); },
      leave() { process.exit(0); },
      secrets() { return { output: Object.keys(process.env) }; },
      answer() { return { output: 'answered' }; },
    };
    parentPort.on('message', ({ input }) => {
      const answer = acts[input.source.stem]();
      if (answer) parentPort.postMessage(answer);
    });
    parentPort.postMessage('ready');
  `)}`,
);
const TIGHT: WorkLimits = { cpuSeconds: 0.3, seconds: 60, megabytes: 32, workers: 1, waiting: 1 };

function project(stem: string, text = 'services: {web: {image: a}}'): TaskInput<'examine'> {
  const file: ProjectFile = { path: 'compose.yaml', content: Buffer.from(text), executable: false };
  const source = toSource(stem, [file], new Date(0));
  if (source === undefined) throw new Error('no source');
  return { source, variables: {}, digestKey: Buffer.alloc(32) };
}

describe('workers', () => {
  const open: Workers[] = [];
  const opened = (limits: Partial<WorkLimits>, entry?: URL): Workers => {
    const all = { ...TIGHT, ...limits };
    const workers = new Workers(all, () => new BoundedWorker(all, entry));
    open.push(workers);
    return workers;
  };

  afterEach(async () => {
    await Promise.all(open.splice(0).map((workers) => workers.close()));
  });

  it('run the tasks of the service, with nothing of the environment of this process', async () => {
    const workers = opened({ ...DEFAULT_WORK_LIMITS });
    const examined = await workers.run('examine', project('shop'));
    expect(examined).toMatchObject({
      name: 'shop',
      all: ['web'],
      active: ['web'],
      errors: [],
      files: ['compose.yaml'],
    });
    expect(await opened({}, misbehaving).run('examine', project('secrets'))).toEqual([]);
  });

  it('carry refusals of the domain back as they are', async () => {
    const { source } = project('shop', 'services: {web: {image: a}}');
    const gathering = { operator: {}, settings: [], saved: new Map(), scans: [], unavailable: undefined };
    const input = { project: 'shop', services: ['none'] };
    await expect(
      opened({ ...DEFAULT_WORK_LIMITS }).run('listVariables', { source, input, gathering }),
    ).rejects.toMatchObject({ code: 'SERVICE_NOT_FOUND', kind: 'not-found', details: { unknown: ['none'] } });
  });

  it.each([
    ['loop', 'cpu'],
    ['hoard', 'memory'],
  ])('stop a task that would %s, with what was measured, and go on with the next', async (stem, limit) => {
    const workers = opened(limit === 'memory' ? { cpuSeconds: 60 } : {}, misbehaving);
    await expect(workers.run('examine', project(stem))).rejects.toMatchObject({
      code: 'PROJECT_TOO_COSTLY',
      kind: 'invalid',
      details: { limit },
    });
    expect(await workers.run('examine', project('answer'))).toBe('answered');
  });

  it('stop a task that never answers', async () => {
    const workers = opened({ seconds: 0.2 }, misbehaving);
    await expect(workers.run('examine', project('idle'))).rejects.toMatchObject({ details: { limit: 'time' } });
  });

  it('outlive a thread that ends by itself', async () => {
    const workers = opened({}, misbehaving);
    await expect(workers.run('examine', project('leave'))).rejects.toMatchObject({ details: { limit: 'thread' } });
    expect(await workers.run('examine', project('answer'))).toBe('answered');
  });

  it('answer others while one task goes on', async () => {
    const workers = opened({ workers: 2, cpuSeconds: 60 }, misbehaving);
    const endless = expect(workers.run('examine', project('loop'))).rejects.toThrow('closed');
    expect(await workers.run('examine', project('answer'))).toBe('answered');
    await workers.close();
    await endless;
  });

  it('have a thread for those who wait while something goes on in the background', async () => {
    const workers = opened({ workers: 2, cpuSeconds: 60 }, misbehaving);
    const background = (stem: string) => workers.run('checkTemplate', project(stem) as never);
    const first = expect(background('loop')).rejects.toThrow('closed');
    const begun: string[] = [];
    void background('answer').then(
      () => begun.push('background'),
      () => undefined,
    );
    for (let asked = 0; asked < 3; asked += 1) expect(await workers.run('examine', project('answer'))).toBe('answered');
    expect(begun).toEqual([]);
    await workers.close();
    await first;
  });

  it('do what is in the background when nobody waits, also where there is one thread', async () => {
    const workers = opened({ workers: 1, cpuSeconds: 60 }, misbehaving);
    const order: string[] = [];
    const run = async (name: 'examine' | 'checkTemplate'): Promise<void> => {
      await workers.run(name, project('answer') as never);
      order.push(name);
    };
    await Promise.all([run('examine'), run('checkTemplate'), run('examine'), run('examine')]);
    expect(order).toEqual(['examine', 'examine', 'examine', 'checkTemplate']);
  });

  it('refuse more than may wait, and never a list', async () => {
    const workers = opened({ cpuSeconds: 60 }, misbehaving);
    const { source } = project('answer');
    const gathering = { operator: {}, settings: [], saved: new Map(), scans: [], unavailable: undefined };
    const ask = () => workers.run('listVariables', { source, input: { project: 'shop' }, gathering });
    const asked = [workers.run('examine', project('answer')), ask(), workers.run('examine', project('answer'))];
    await expect(ask()).rejects.toMatchObject({ code: 'COMPILER_BUSY', kind: 'unavailable' });
    expect(await Promise.all(asked)).toEqual(['answered', 'answered', 'answered']);
  });
});
