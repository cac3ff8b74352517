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
const before = memory();
const found: string[] = [];
const slowest = new Map<string, { milliseconds: number; at: number; kind: string }>();
const answers = new Map<string, number>();
let most = 0;
let count = 0;
console.log(`seed ${String(seed)}`);

try {
  const end = performance.now() + Number(values.minutes) * 60_000;
  const first = values.only === undefined ? 0 : Number(values.only);
  const last = values.only === undefined ? Infinity : first;
  for (let at = first; at <= last && performance.now() < end; at += 1) {
    const upload = await hostileUpload(new SeededRandom(seed).fork(String(at)), texts);
    await play(upload, at);
    count += 1;
    most = Math.max(most, memory() - before);
    if (most > PROMISES.megabytes) fail(at, upload, `memory grew by ${most.toFixed(0)} MB`);
    if (found.length >= 20) break;
  }
} finally {
  await system.stop();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
}
const report = summary();
console.log(report);
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
  const started = performance.now();
  let error: unknown;
  let answer: T | undefined;
  try {
    answer = await ask();
  } catch (thrown) {
    error = thrown;
  }
  const milliseconds = performance.now() - started;
  const code = error === undefined ? 'answered' : ((error as { code?: string }).code ?? 'no code');
  answers.set(`${operation} ${code}`, (answers.get(`${operation} ${code}`) ?? 0) + 1);
  if (milliseconds > (slowest.get(operation)?.milliseconds ?? 0)) {
    slowest.set(operation, { milliseconds, at, kind: upload.kind });
  }
  const wrong = complaint({ operation, milliseconds, error });
  if (wrong !== undefined) fail(at, upload, wrong);
  return answer;
}

function fail(at: number, { kind }: HostileUpload, what: string): void {
  const line = `upload ${String(at)} (${kind}): ${what}`;
  found.push(line);
  console.log(line);
}

/** Resident memory of the compiler service, in MB: a process that watches it is its parent. */
function memory(): number {
  return system.processes('compiler-service').reduce((sum, { process: { pid } }) => sum + residentMegabytes(pid), 0);
}

function residentMegabytes(pid: number): number {
  const of = (file: string): string => readFileSync(`/proc/${String(pid)}/${file}`, 'utf8');
  const children = of(`task/${String(pid)}/children`)
    .split(' ')
    .filter(Boolean)
    .map(Number);
  const own = Number(/VmRSS:\s+(\d+) kB/.exec(of('status'))?.[1] ?? 0) / 1024;
  return children.reduce((sum, child) => sum + residentMegabytes(child), own);
}

function summary(): string {
  const rows = [...slowest].map(([operation, { milliseconds, at, kind }]) => {
    const codes = [...answers].filter(([key]) => key.startsWith(`${operation} `));
    const told = codes.map(([key, number]) => `${key.slice(operation.length + 1)} ${String(number)}`).join(', ');
    return `| ${operation} | ${told} | ${milliseconds.toFixed(0)} ms | ${String(at)}: ${kind} |`;
  });
  return [
    `Seed ${String(seed)}, ${String(count)} uploads in ${values.minutes} minutes: ${String(found.length)} findings.`,
    `The compiler service had ${before.toFixed(0)} MB at the start, and at most ${most.toFixed(0)} MB more.`,
    '',
    '| operation | answers | slowest | by upload |',
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
