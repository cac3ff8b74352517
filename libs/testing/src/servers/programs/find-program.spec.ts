import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { silentProgress } from '../progress.ts';
import { PROGRAMS } from './catalogue.ts';
import { findProgram } from './find-program.ts';
import { pinnedVersion } from './pinned-version.ts';
import { repositoryRoot } from '../../isolation/test-environment.ts';

let machine: string;

beforeEach(async () => {
  machine = await mkdtemp(join(tmpdir(), 'machine-'));
  await mkdir(join(machine, 'tools', 'nats-server'), { recursive: true });
  await writeFile(
    join(machine, 'tools', 'nats-server', 'go.mod'),
    'module x\n\nrequire github.com/nats-io/nats-server/v2 v9.8.7\n',
  );
});

afterEach(() => rm(machine, { recursive: true, force: true }));

async function executable(path: string, text = '#!/bin/sh\n'): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  await chmod(path, 0o755);
  return path;
}

/** A machine whose PATH and cache hold nothing but what the test puts there. */
function find(env: NodeJS.ProcessEnv = {}): Promise<string> {
  const bare = { PATH: join(machine, 'path'), USHADOW_CACHE: join(machine, 'cache') };
  return findProgram('nats-server', { env: { ...bare, ...env }, root: machine, progress: silentProgress });
}

/** Stands for the Go toolchain: writes the file it is asked to build. */
const FAKE_GO = `#!/bin/sh
while [ $# -gt 0 ]; do case $1 in -o) out=$2;; esac; shift; done
echo built >> "${'$'}{0%/*}/../builds"
printf '#!/bin/sh\\n' > "$out"; /bin/chmod +x "$out"
`;

describe('findProgram', () => {
  it('takes what the environment names, then PATH, then the cache, then builds', async () => {
    await executable(join(machine, 'path', 'go'), FAKE_GO);
    const built = await find();
    expect(built).toBe(join(machine, 'cache', 'nats-server-9.8.7', 'nats-server'));
    expect(await find()).toBe(built);
    expect(await readFile(join(machine, 'builds'), 'utf8')).toBe('built\n');

    const onPath = await executable(join(machine, 'path', 'nats-server'));
    expect(await find()).toBe(onPath);

    const named = await executable(join(machine, 'elsewhere', 'nats-server'));
    expect(await find({ NATS_SERVER_BIN: named })).toBe(named);
    expect(await find({ USHADOW_TOOLS_BIN: dirname(named) })).toBe(named);
  });

  it('does not pass over a variable that names no program', async () => {
    await executable(join(machine, 'path', 'nats-server'));
    await expect(find({ NATS_SERVER_BIN: '/nowhere' })).rejects.toThrow('NATS_SERVER_BIN=/nowhere');
  });

  it('reports a failing build with what the compiler said, and leaves nothing in the cache', async () => {
    await executable(join(machine, 'path', 'go'), '#!/bin/sh\necho "no space left" >&2\nexit 1\n');
    await expect(find()).rejects.toThrow('no space left');
    await expect(find()).rejects.toThrow('no space left');
  });
});

describe('the pinned versions', () => {
  it.each(Object.values(PROGRAMS).map(({ name, recipe }) => [name, recipe] as const))(
    'of %s stands in its module file',
    async (_name, recipe) => {
      expect(await pinnedVersion(repositoryRoot(), recipe)).toMatch(/^\d+\.\d+\.\d+$/);
    },
  );
});
