import { execFileSync, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@ushadow/contracts';
import {
  natsFor,
  repositoryRoot,
  startServices,
  testCluster,
  testDatabase,
  type RunningSystem,
  type TestCluster,
  type TestDatabase,
} from '@ushadow/testing';
import { findProgram, silentProgress } from '@ushadow/testing/servers';
import { checkPages } from '../tools/docs/check-pages.ts';
import { BLOCK, pageScript } from '../tools/docs/page-script.ts';
import { parsePage } from '../tools/docs/page.ts';
import { follow, gatewayClient } from './support/gateway.ts';
import { zipOf } from './web/support/zip.ts';

/** What the README expects of a reader's machine. */
const missing = ['bash', 'curl', 'jq'].filter((program) => {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return false;
  } catch {
    return true;
  }
});
if (missing.length > 0) console.warn(`The README is not executed: there is no ${missing.join(', no ')}`);
const withPrograms = missing.length === 0 ? describe : describe.skip;

const README = 'README.md';
/** Where the README says that the gateway is. */
const DOCUMENTED = 'http://127.0.0.1:7400';
const notes = 'services:\n  notes:\n    image: nginx:1.29-alpine\n';

describe('the documentation', () => {
  it('names nothing that is not there: links, scripts, commands, options, settings, requests', async () => {
    expect(await checkPages(repositoryRoot())).toEqual([]);
  });
});

withPrograms('what the README tells people to run', () => {
  let system: RunningSystem;
  let database: TestDatabase;
  let cluster: TestCluster;
  let client: Client;
  let folder: string;
  let output = '';
  let code: number | null = null;

  beforeAll(async () => {
    const root = repositoryRoot();
    [database, cluster] = await Promise.all([testDatabase(), testCluster()]);
    const natsUrl = (await natsFor(import.meta.url)).url;
    system = await startServices({ database, natsUrl, composeDirectory: join(root, 'examples') });
    client = gatewayClient(system.gatewayUrl);
    folder = await mkdtemp(join(tmpdir(), 'docs-'));
    await mkdir(join(folder, '.kube'));
    await cp(cluster.kubeconfigPath, join(folder, '.kube', 'config'));
    for (const part of ['examples', 'node_modules']) await symlink(join(root, part), join(folder, part));
    await writeFile(join(folder, 'notes.zip'), zipOf({ 'compose.yaml': notes }));
    const script = pageScript(parsePage(README, await readFile(join(root, README), 'utf8')));
    await run(script.replaceAll(DOCUMENTED, system.gatewayUrl));
  }, 300_000);

  afterAll(async () => {
    await system?.stop();
    await cluster?.api.delete('/api/v1/namespaces/ushadow');
    await database?.drop();
    if (folder) await rm(folder, { recursive: true });
  });

  /** As a reader would, with a home of its own: what it prints is kept. */
  async function run(script: string): Promise<void> {
    const root = repositoryRoot();
    const kubectl = await findProgram('kubectl', { env: process.env, root, progress: silentProgress });
    const path = [dirname(process.execPath), dirname(kubectl), join(root, 'node_modules', '.bin'), process.env['PATH']];
    const env = { PATH: path.join(delimiter), HOME: folder, DOCS_FOLDER: folder, USHADOW_API: system.gatewayUrl };
    const child = spawn('bash', ['-c', script], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    code = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
  }
  const lines = () => output.split('\n');

  it('runs, in order, each request with an answer and each value there', () => {
    // The last block that began is where it ended, with what it printed.
    if (code !== 0) throw new Error(`exit code ${String(code)} in ${output.slice(output.lastIndexOf(BLOCK))}`);
    expect(lines()).not.toContain('null');
    expect(lines().filter((line) => line.startsWith(BLOCK)).length).toBeGreaterThanOrEqual(3);
  });

  it('does what the README says: deploys a service and its stack, applies the plan, undoes it, and stops the one that is stuck', async () => {
    const { deployments } = await client.listDeployments({});
    const ended = await Promise.all(deployments.map(({ deployment_id }) => follow(system.gatewayUrl, deployment_id)));
    const reported = ended.map(({ deployment }) => [deployment.services.join(), deployment.status]);
    expect(reported.toReversed()).toEqual([
      ['hello', 'succeeded'],
      ['hello', 'succeeded'],
      ['hello', 'succeeded'],
      ['hello', 'succeeded'],
      ['broken-image', 'cancelled'],
    ]);
    const { status, body } = await cluster.api.get('/apis/apps/v1/namespaces/ushadow/deployments/hello');
    expect([status, (body as { spec: { replicas: number } }).spec.replicas]).toEqual([200, 1]);
  });

  it('uploads the project and keeps the value, which then can be deployed and are used', async () => {
    const { services } = await client.listServices({});
    expect(services.map(({ service_id }) => service_id)).toContain('notes:notes');
    expect(JSON.stringify(await client.listSettings({}))).toContain('api_keys.openai_api_key');
  });
});
