import { anySeed, natsFor, SeededRandom, startServices, testDatabase } from '@ushadow/testing';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gatewayClient } from '../support/gateway.ts';
import { corpus } from './corpus.ts';
import { hostileUpload, type HostileUpload } from './hostile-uploads.ts';
import { complaint, PROMISES, type Call } from './judge.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string' },
    /** One upload alone, by its number in the run. */
    only: { type: 'string' },
    record: { type: 'boolean', default: false },
  },
});
const seed = values.seed === undefined ? anySeed() : Number(values.seed);
const NAME = 'hostile';
const STEADY = 'steady:web';

const folder = mkdtempSync(join(tmpdir(), 'fuzz-compose-'));
writeFileSync(join(folder, 'steady.yaml'), 'services: {web: {image: nginx}}');
const database = await testDatabase();
const { url: natsUrl } = await natsFor(import.meta.url);
const only = ['compiler-service', 'gateway'] as const;
const system = await startServices({ database, natsUrl, composeDirectory: folder, only: [...only], env: {} });
const client = gatewayClient(system.gatewayUrl);
const texts = corpus();
const memoryBefore = memory();
const found: string[] = [];
const slowest = new Map<string, { milliseconds: number; at: number; kind: string }>();
const answers = new Map<string, number>();
let most = 0;
let count = 0;
say(`seed ${String(seed)}`);

try {
  const end = performance.now() + Number(values.minutes) * 60_000;
  const first = values.only === undefined ? 0 : Number(values.only);
  const last = values.only === undefined ? Infinity : first;
  for (let at = first; at <= last && performance.now() < end; at += 1) {
    const upload = await hostileUpload(new SeededRandom(seed).fork(String(at)), texts);
    await play(upload, at);
    count += 1;
    most = Math.max(most, memory() - memoryBefore);
    if (most > PROMISES.megabytes) fail(at, upload, `memory grew by ${most.toFixed(0)} MB`);
    if (found.length >= 20) break;
  }
} finally {
  await system.stop();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
}
const report = summary();
say(report);
if (values.record) record(report);
process.exitCode = found.length > 0 ? 1 : 0;

/** Hands it in, asks for everything that is made of it, and looks whether the rest of the catalog is there. */
async function play({ kind, files, archive }: HostileUpload, at: number): Promise<void> {
  const content =
    archive === undefined
      ? {
          files: Object.entries(files ?? {}).map(([path, text]) => ({
            path,
            content: Buffer.from(text).toString('base64'),
          })),
        }
      : { archive: archive.toString('base64') };
  const of = { kind, files, archive } as HostileUpload;
  const taken = await timed(of, at, 'uploadProject', () => client.uploadProject({ name: NAME, ...content }));
  const service = taken?.services[0];
  if (taken !== undefined) {
    const input = { project: NAME };
    const preview = { service_id: service ?? `${NAME}:none`, namespace: 'fuzz', allow_unresolved: true };
    await timed(of, at, 'getProject', () => client.getProject(input));
    await timed(of, at, 'projectVariables', () => client.projectVariables(input));
    await timed(of, at, 'previewService', () => client.previewService(preview));
    await timed(of, at, 'getServiceEnv', () => client.getServiceEnv({ service_id: preview.service_id }));
  }
  const listed = await timed(of, at, 'listServices', () => client.listServices({}));
  if (listed?.services.some(({ service_id: id }) => id === STEADY) !== true) fail(at, of, 'the catalog is not alive');
  if (taken !== undefined) await timed(of, at, 'deleteUpload', () => client.deleteUpload({ name: NAME }));
}

async function timed<T>(
  upload: HostileUpload,
  at: number,
  operation: Call['operation'],
  ask: () => Promise<T>,
): Promise<T | undefined> {
  const before = processorTime();
  let error: unknown;
  let answer: T | undefined;
  try {
    answer = await ask();
  } catch (thrown) {
    error = thrown;
  }
  const milliseconds = processorTime() - before;
  const code = error === undefined ? 'answered' : ((error as { code?: string }).code ?? 'no code');
  answers.set(`${operation} ${code}`, (answers.get(`${operation} ${code}`) ?? 0) + 1);
  if (milliseconds > (slowest.get(operation)?.milliseconds ?? 0)) {
    slowest.set(operation, { milliseconds, at, kind: upload.kind });
  }
  const wrong = complaint({ operation, cpuMilliseconds: milliseconds, error });
  if (wrong !== undefined) fail(at, upload, wrong);
  return answer;
}

function fail(at: number, { kind }: HostileUpload, what: string): void {
  const line = `upload ${String(at)} (${kind}): ${what}`;
  found.push(line);
  say(line);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Of the compiler service, in MB. */
function memory(): number {
  return ofService(({ status }) => Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024);
}

/** Of the compiler service, with all its threads, in milliseconds; Linux counts in hundredths of a second. */
function processorTime(): number {
  return ofService(({ stat }) => {
    const fields = stat.slice(stat.lastIndexOf(') ') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  });
}

/** Over its processes: the one that watches the service is its parent. */
function ofService(read: (files: { readonly status: string; readonly stat: string }) => number): number {
  const withChildren = (pid: number): number => {
    const of = (file: string): string => readFileSync(`/proc/${String(pid)}/${file}`, 'utf8');
    const children = of(`task/${String(pid)}/children`)
      .split(' ')
      .filter(Boolean)
      .map(Number);
    return children.reduce((sum, child) => sum + withChildren(child), read({ status: of('status'), stat: of('stat') }));
  };
  return system.processes('compiler-service').reduce((sum, { process: { pid } }) => sum + withChildren(pid), 0);
}

function summary(): string {
  const rows = [...slowest].map(([operation, { milliseconds, at, kind }]) => {
    const codes = [...answers].filter(([key]) => key.startsWith(`${operation} `));
    const reported = codes.map(([key, number]) => `${key.slice(operation.length + 1)} ${String(number)}`).join(', ');
    return `| ${operation} | ${reported} | ${milliseconds.toFixed(0)} ms | ${String(at)}: ${kind} |`;
  });
  return [
    `Seed ${String(seed)}, ${String(count)} uploads in ${values.minutes} minutes: ${String(found.length)} findings.`,
    `The compiler service had ${memoryBefore.toFixed(0)} MB at the start, and at most ${most.toFixed(0)} MB more.`,
    '',
    '| operation | answers | most processor time | by upload |',
    '| --- | --- | --- | --- |',
    ...rows,
    ...(found.length === 0 ? [] : ['', ...found.map((line) => `- ${line}`)]),
  ].join('\n');
}

/** Puts the result into the document, in place of the last one. */
function record(text: string): void {
  const file = new URL('../../docs/security/uploads.md', import.meta.url);
  const commit = execFileSync('git', ['describe', '--always', '--dirty', '--exclude=*'], { encoding: 'utf8' }).trim();
  const [head = ''] = readFileSync(file, 'utf8').split(/^## Last run$/m);
  writeFileSync(file, `${head.trimEnd()}\n\n## Last run\n\nCommit ${commit}. ${text}\n`);
}
