import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../../../isolation/test-environment.ts';
import { freePort } from '../../process/free-port.ts';
import { startTied, type TiedProcess } from '../../process/tied-process.ts';
import { untilReady } from '../../process/until-ready.ts';
import { findProgram } from '../../programs/find-program.ts';
import { silentProgress } from '../../progress.ts';
import { controlPlaneLayout } from '../layout.ts';
import { etcdArguments } from './etcd.ts';

const KILLS = 3;

let directory: string;
let program: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ushadow-etcd-'));
  program = await findProgram('etcd', { env: process.env, root: repositoryRoot(), progress: silentProgress });
});
afterEach(() => rm(directory, { recursive: true, force: true }));

type Etcd = { readonly url: string; readonly process: TiedProcess };

/** On new ports, with the data that is there. */
async function start(): Promise<Etcd> {
  const layout = controlPlaneLayout(directory);
  await mkdir(layout.logs, { recursive: true });
  const port = await freePort();
  const child = startTied({ program, args: etcdArguments(layout, port, await freePort()) });
  const url = `http://127.0.0.1:${port}`;
  const probe = async (): Promise<boolean> => (await fetch(`${url}/health`)).ok;
  await untilReady({ name: 'etcd', process: child, probe, timeoutMs: 30_000, pollMs: 50 });
  return { url, process: child };
}

async function call({ url }: Etcd, operation: 'put' | 'range', body: object): Promise<{ count?: string }> {
  const answer = await fetch(`${url}/v3/kv/${operation}`, { method: 'POST', body: JSON.stringify(body) });
  expect(answer.status).toBe(200);
  return (await answer.json()) as { count?: string };
}

it('what etcd has acknowledged outlives its kill, also on other ports', async () => {
  for (let kill = 0; kill < KILLS; kill++) {
    const key = Buffer.from(`key ${kill}`).toString('base64');
    const before = await start();
    await call(before, 'put', { key, value: key });
    before.process.signal('KILL');
    await before.process.exited;
    const after = await start();
    expect(await call(after, 'range', { key })).toMatchObject({ count: '1' });
    await after.process.stop();
  }
});
