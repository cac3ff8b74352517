import { repositoryRoot } from '@ushadow/testing';
import { findProgram, silentProgress } from '@ushadow/testing/servers';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** The helm binary, in USHADOW_TOOLS_BIN or on the PATH. */
export function findHelm(): string | undefined {
  const { USHADOW_TOOLS_BIN = '', PATH = '' } = process.env;
  const folders = [USHADOW_TOOLS_BIN, ...PATH.split(delimiter)].filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, 'helm')).find((path) => existsSync(path));
}

/** `kubectl create` of some objects, as people type it. */
export async function kubectlCreate(kubeconfig: string, namespace: string, objects: readonly object[]): Promise<void> {
  const place = { env: process.env, root: repositoryRoot(), progress: silentProgress };
  const kubectl = await findProgram('kubectl', place);
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  const args = ['create', '--kubeconfig', kubeconfig, '-n', namespace, '-f', '-'];
  await atHome(async (home) => void (await run(kubectl, args, { home, input: list })));
}

/** What `kubectl get KINDS -o json` tells of a namespace. */
export async function kubectlGet(kubeconfig: string, namespace: string, kinds: readonly string[]): Promise<object[]> {
  const kubectl = await findProgram('kubectl', { env: process.env, root: repositoryRoot(), progress: silentProgress });
  const args = ['get', kinds.join(','), '--kubeconfig', kubeconfig, '-n', namespace, '-o', 'json'];
  let told = '';
  await atHome(async (home) => {
    told = await run(kubectl, args, { home, input: '' });
  });
  return (JSON.parse(told) as { items: object[] }).items;
}

/** `kubectl ARGS…` in a namespace, as people type it. */
export async function kubectl(kubeconfig: string, namespace: string, ...args: readonly string[]): Promise<void> {
  const program = await findProgram('kubectl', { env: process.env, root: repositoryRoot(), progress: silentProgress });
  await atHome(async (home) => {
    await run(program, ['--kubeconfig', kubeconfig, '-n', namespace, ...args], { home, input: '' });
  });
}

/** `helm install` of a chart made of some objects. */
export async function helmInstall(
  helm: string,
  place: { readonly kubeconfig: string; readonly namespace: string; readonly release: string },
  objects: readonly object[],
): Promise<void> {
  const { kubeconfig, namespace, release } = place;
  await atHome(async (home) => {
    const chart = join(home, 'chart');
    await mkdir(join(chart, 'templates'), { recursive: true });
    await writeFile(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: theirs\nversion: 1.0.0\n');
    const text = objects.map((object) => JSON.stringify(object)).join('\n---\n');
    await writeFile(join(chart, 'templates', 'all.yaml'), text);
    await run(helm, ['install', release, chart, '--kubeconfig', kubeconfig, '-n', namespace], { home, input: '' });
  });
}

/** Both keep caches in the home folder. */
async function atHome(work: (home: string) => Promise<void>): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'ushadow-peers-'));
  try {
    await work(home);
  } finally {
    await rm(home, { recursive: true });
  }
}

function run(
  program: string,
  args: readonly string[],
  { home, input }: { readonly home: string; readonly input: string },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env: { PATH: process.env['PATH'], HOME: home }, timeout: 60_000, maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(program, args, options, (error, output, errors) => {
      if (error) reject(new Error(`${program} ${args.join(' ')}: ${errors || error.message}`));
      else resolve(output);
    });
    child.stdin?.end(input);
  });
}
