import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@ushadow/contracts';
import { natsFor, prepareTemplateDatabase, repositoryRoot, startServices, testDatabase } from '@ushadow/testing';
import { lineProgress } from '@ushadow/testing/servers';
import { runNx } from '../../tools/workspace/run-nx.ts';

/** The built services as real processes, with the test cluster registered. `env` is by service and may change later. */
export async function startSystem(env, writeProjects) {
  const root = repositoryRoot();
  const progress = lineProgress((line) => console.error(line));
  await runNx({ env: process.env, root, progress }, 'build');
  await prepareTemplateDatabase(process.env.USHADOW_TEST_POSTGRES_URL).catch(() => undefined);
  const folder = mkdtempSync(join(tmpdir(), 'bench-compose-'));
  writeProjects(folder);
  const database = await testDatabase();
  const natsUrl = (await natsFor(import.meta.url)).url;
  const system = await startServices({ database, natsUrl, composeDirectory: folder, env });
  const client = createClient({
    baseUrl: system.gatewayUrl,
    newKey: randomUUID,
    fetch: (url, init) => fetch(url, init),
  });
  const kubeconfig = readFileSync(process.env.USHADOW_TEST_KUBECONFIG).toString('base64');
  const { cluster_id: clusterId } = await client.registerCluster({ name: 'bench', kubeconfig });
  const stop = async () => {
    await system.stop();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { system, client, clusterId, database, stop };
}

/** Runs `work` for each item, at most `width` at once. */
export async function inParallel(items, width, work) {
  const left = [...items];
  const lane = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: width }, lane));
}
