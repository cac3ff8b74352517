import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toSource } from '../uploads/to-source.ts';
import type { UploadedSource } from '../uploads/uploaded-projects.ts';
import { tasks, type TaskInput } from '../work/tasks.ts';
import { WorkStopped } from '../work/work-stopped.ts';
import { Catalog } from './catalog.ts';

/** Runs tasks here, and stops those of projects that are called `costly`. */
function workers(seen: TaskInput<'examine'>[] = []) {
  return {
    run: (_name: string, input: unknown) => {
      const task = input as TaskInput<'examine'>;
      seen.push(task);
      if (task.source.stem.startsWith('costly')) {
        return Promise.reject(new WorkStopped({ limit: 'cpu', seconds: 5.1, max: 5 }));
      }
      return Promise.resolve(tasks.examine(task) as never);
    },
  };
}

function uploaded(name: string, setAsideFor?: string): UploadedSource {
  const content = Buffer.from('services: {web: {image: "a:${TAG:-1}"}}');
  const source = toSource(name, [{ path: 'compose.yaml', content, executable: false }], new Date(0));
  if (source === undefined) throw new Error('no source');
  return { source, setAsideFor };
}

describe('the catalog', () => {
  let root: string;

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'catalog-'));
    writeFileSync(join(root, 'costly.yaml'), 'services: {web: {image: a}}');
    writeFileSync(join(root, 'shop.yaml'), 'services: {web: {image: "a:${TAG:-1}"}}');
  });

  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  const open = (uploads: readonly UploadedSource[], failures: string[] = [], seen: TaskInput<'examine'>[] = []) =>
    new Catalog({
      root,
      policy: { hostPaths: [], podSecurity: 'privileged' },
      variables: { TAG: 'of-the-operator' },
      digestKey: Buffer.alloc(32),
      workers: workers(seen),
      uploads: {
        sources: () => Promise.resolve({ sources: uploads, isCurrent: true }),
        reading: (_source, read) => read(),
        failed: ({ stem }, reason) => {
          failures.push(`${stem}: ${reason}`);
          return Promise.resolve();
        },
      },
    });

  it('lists everything else beside a project that costs too much, and says why that one is missing', async () => {
    const failures: string[] = [];
    const { entries, problems } = await open([uploaded('costly-upload'), uploaded('blog')], failures).list();
    expect(entries.map(({ id }) => id)).toEqual(['shop:web', 'blog:web']);
    expect(problems.map(({ source, diagnostics: [found] }) => [source.stem, found?.code])).toEqual([
      ['costly', 'CATALOG_PROJECT_TOO_COSTLY'],
      ['costly-upload', 'CATALOG_PROJECT_TOO_COSTLY'],
    ]);
    expect(problems[0]?.diagnostics[0]?.message).toContain('It was stopped after 5.1 seconds of processor time');
    expect(failures).toContainEqual(expect.stringContaining('costly-upload: It was stopped'));
  });

  it('does not read again what was set aside', async () => {
    const seen: TaskInput<'examine'>[] = [];
    const { problems } = await open([uploaded('aside', 'It was too large.')], [], seen).list();
    expect(problems.find(({ source }) => source.stem === 'aside')?.diagnostics[0]).toMatchObject({
      code: 'CATALOG_SET_ASIDE',
      message: 'aside was set aside: it could not be read twice. It was too large.',
    });
    expect(seen.map(({ source }) => source.stem)).not.toContain('aside');
  });

  it('shows the operator’s variables to the folder alone', async () => {
    const { entries } = await open([uploaded('blog')]).list();
    expect(entries.map(({ id, service }) => [id, service.image])).toEqual([
      ['shop:web', 'a:of-the-operator'],
      ['blog:web', 'a:1'],
    ]);
  });

  it('refuses to examine what costs too much, before anybody keeps it', async () => {
    await expect(open([]).examine(uploaded('costly').source)).rejects.toMatchObject({ code: 'PROJECT_TOO_COSTLY' });
  });
});
