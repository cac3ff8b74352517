/**
 * `npm run e2e:node [-- FILE… jest options]`: the suites that need pods which really run. On the cluster that
 * USHADOW_E2E_KUBECONFIG names (its nodes need the images below), else on a node started here for the time of the run.
 * Postgres and NATS for the services under test are found or started as for `npm test`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PLAYED_DATABASES, playApps } from './support/stand-ins.mjs';
import { underPinnedNode } from '../../tools/bootstrap/pinned-node.mjs';

const images = [
  'busybox:1.36=busybox',
  'redis:7=redis',
  'nginx:1.27=nginx',
  'python:3.13=python',
  'postgres:16=postgres',
  ...PLAYED_DATABASES,
];
const root = fileURLToPath(new URL('../..', import.meta.url));
const tools = process.env.USHADOW_TOOLS ?? resolve(root, '../shared/tools');
const port = process.env.USHADOW_E2E_PORT ?? '18443';

function mustRun(program, args, env = {}) {
  const { status } = spawnSync(program, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}`);
}

function jest(env) {
  const command = [
    '--experimental-vm-modules',
    '--no-warnings',
    join(root, 'node_modules/jest/bin/jest.js'),
    '--selectProjects',
    'integration',
    '--runInBand',
  ];
  const given = process.argv.slice(2);
  const files = given.filter((each) => !each.startsWith('-')).map((each) => `e2e/node/.*${each}`);
  const options = given.filter((each) => each.startsWith('-'));
  const patterns = ['--testPathPatterns', ...(files.length === 0 ? ['e2e/node/'] : files)];
  const child = spawn(process.execPath, [...command, ...options, ...patterns], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return new Promise((done) => child.once('exit', (code) => done(code ?? 1)));
}

/** Why no node can be started here; undefined when one can. */
function obstacle() {
  if (!existsSync(join(tools, 'cluster'))) return `no bench tools at ${tools} (USHADOW_TOOLS)`;
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'a node needs Linux and root';
  return undefined;
}

/** With the services built and the servers they need. */
async function withServers(env) {
  const { lineProgress } = await import('@ushadow/testing/servers');
  const { startTestServers } = await import('../../tools/test/test-servers.ts');
  const { runNx } = await import('../../tools/workspace/run-nx.ts');
  const context = { env: process.env, root, progress: lineProgress((line) => console.log(line)) };
  const scratch = mkdtempSync(join(tmpdir(), 'ushadow-e2e-'));
  try {
    await runNx(context, 'build');
    const servers = await startTestServers(context, scratch, ['postgres', 'nats']);
    try {
      return await jest({ ...env, ...servers.env });
    } finally {
      await servers.stop();
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function onOwnNode() {
  const folder = mkdtempSync(join(tmpdir(), 'ushadow-node-'));
  try {
    console.log('Starting a node and loading images; the first time takes some minutes.');
    mustRun(join(tools, 'cluster'), ['up', folder, '--port', port, '--node', '--ingress', '--metrics']);
    mustRun(join(tools, 'images/load'), [folder, ...images]);
    playApps(folder, 'python:3.13');
    const path = [join(folder, 'bin'), process.env.PATH].join(delimiter);
    const kubeconfig = join(folder, 'kubeconfig');
    // The node shares this machine's loopback: a registry that a test plays is in its reach.
    return await withServers({
      USHADOW_E2E_KUBECONFIG: kubeconfig,
      USHADOW_E2E_HTTP: `http://127.0.0.1:${Number(port) + 4}`,
      USHADOW_E2E_SAME_HOST: '1',
      USHADOW_E2E_STAND_INS: '1',
      PATH: path,
    });
  } finally {
    mustRun(join(tools, 'cluster'), ['down', folder]);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main() {
  const given = process.env.USHADOW_E2E_KUBECONFIG;
  const missing = given ? undefined : obstacle();
  if (missing) console.log(`e2e:node skipped: ${missing}; name a cluster in USHADOW_E2E_KUBECONFIG to run it there.`);
  else process.exitCode = given ? await withServers({}) : await onOwnNode();
}

if (await underPinnedNode(import.meta.url)) await main();
