import { describe, expect, it } from '@jest/globals';
import type { ProjectFile } from './upload.ts';
import { UploadedProjects } from './uploaded-projects.ts';
import type { StoredRevision, UploadStore } from './upload.store.ts';

const files: readonly ProjectFile[] = [
  { path: 'compose.yaml', content: Buffer.from('services: {}'), executable: false },
];

/** Keeps one upload, which is set aside after two failures. */
function store() {
  const state = { failures: 0, reads: 0 };
  const revisions = (): Promise<readonly StoredRevision[]> => {
    const setAsideFor = state.failures < 2 ? undefined : 'too costly';
    return Promise.resolve([{ name: 'shop', revision: '1', uploadedAt: new Date(0), setAsideFor }]);
  };
  const kept: Pick<UploadStore, 'revisions' | 'files' | 'failed'> = {
    revisions,
    files: () => {
      state.reads += 1;
      return Promise.resolve(files);
    },
    failed: () => {
      state.failures += 1;
      return Promise.resolve();
    },
  };
  return { state, kept: kept as UploadStore };
}

describe('uploaded projects', () => {
  it('are the same sources until their revision changes', async () => {
    const { kept, state } = store();
    const uploads = new UploadedProjects(kept);
    const [first, second] = [await uploads.sources(), await uploads.sources()];
    expect(second.sources[0]).toBe(first.sources[0]);
    expect(state.reads).toBe(1);
  });

  it('that failed twice are told as set aside, and not even unpacked by whoever starts later', async () => {
    const { kept, state } = store();
    const uploads = new UploadedProjects(kept);
    const [upload] = (await uploads.sources()).sources;
    if (upload === undefined) throw new Error('no upload');
    await uploads.failed(upload.source, 'too costly');
    expect((await uploads.sources()).sources[0]?.setAsideFor).toBeUndefined();
    await uploads.failed(upload.source, 'too costly');
    expect((await uploads.sources()).sources[0]?.setAsideFor).toBe('too costly');
    const later = new UploadedProjects(kept);
    expect((await later.sources()).sources).toMatchObject([{ setAsideFor: 'too costly', source: { content: [] } }]);
    expect(state.reads).toBe(1);
  });

  describe('of several', () => {
    const names = ['a', 'b', 'c', 'd'];

    /** Reads all at once, each until `isRead`. */
    async function reading(isRead: Promise<void>) {
      const marks = new Set<string>();
      const kept: Partial<UploadStore> = {
        revisions: () =>
          Promise.resolve(
            names.map((name) => ({ name, revision: name, uploadedAt: new Date(0), setAsideFor: undefined })),
          ),
        files: () => Promise.resolve(files),
        mark: (name) => Promise.resolve(marks.add(name) && 'marked'),
        unmark: (name) => Promise.resolve(void marks.delete(name)),
      };
      const uploads = new UploadedProjects(kept as UploadStore);
      const { sources } = await uploads.sources();
      const reads = sources.map(({ source }) => uploads.reading(source, () => isRead.then(() => source.stem)));
      const ended = Promise.allSettled(reads);
      await new Promise(setImmediate);
      return { uploads, marks, ended };
    }

    it('only those have a mark that are read: the end of a process is nothing against those that wait for their turn', async () => {
      const isRead = Promise.withResolvers<void>();
      const { marks, ended } = await reading(isRead.promise);
      expect([...marks]).toEqual(['a', 'b']);
      isRead.resolve();
      expect(await ended).toEqual(names.map((value) => ({ status: 'fulfilled', value })));
      expect(marks.size).toBe(0);
    });

    it('none has a mark any more when the process ends in order, and none is begun', async () => {
      const isRead = Promise.withResolvers<void>();
      const { uploads, marks, ended } = await reading(isRead.promise);
      uploads.stop();
      isRead.reject(new Error('the workers are closed'));
      await uploads.close();
      expect(marks.size).toBe(0);
      expect((await ended).map(({ status }) => status)).toEqual(names.map(() => 'rejected'));
      expect(marks.size).toBe(0);
    });
  });
});
