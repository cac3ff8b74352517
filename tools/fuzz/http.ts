import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { natsFor, repositoryRoot, startServices, testDatabase } from '@ushadow/testing';
import { lineProgress } from '@ushadow/testing/servers';
import { startTestServers } from '../test/test-servers.ts';
import { runNx } from '../workspace/run-nx.ts';

type Say = (line: string) => void;

/** What is held against every answer; whether a request that no schema allows is refused is one of them. */
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
  'response_headers_conformance',
].join(',');

/**
 * Sends what the OpenAPI document allows, and what it does not, to a running system by schemathesis: no answer is a fault of
 * ours, and none is outside the document. `--program` names schemathesis where it is not on the path (`pip install schemathesis`).
 */
export async function fuzz(args: readonly string[], say: Say): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string' },
      examples: { type: 'string', default: '30' },
      seed: { type: 'string', default: '1' },
      program: { type: 'string', default: 'schemathesis' },
    },
  });
  const root = repositoryRoot();
  const scratch = await mkdtemp(join(tmpdir(), 'ushadow-fuzz-'));
  const context = { env: process.env, root, progress: lineProgress(say) };
  await runNx(context, 'build');
  const servers = await startTestServers(context, scratch, ['postgres', 'nats']);
  try {
    Object.assign(process.env, servers.env);
    const database = await testDatabase();
    const { url: natsUrl } = await natsFor(import.meta.url);
    const unlimited = String(1e9);
    const env = {
      'cluster-service': { STATUS_INTERVAL_SECONDS: '0' },
      gateway: {
        REQUESTS_PER_MINUTE_MAX: unlimited,
        OUTBOUND_PER_MINUTE_MAX: unlimited,
        COMPILE_PER_MINUTE_MAX: unlimited,
      },
    };
    const system = await startServices({ database, natsUrl, composeDirectory: join(root, 'examples'), env });
    try {
      return await schemathesis(values, system.gatewayUrl, scratch);
    } finally {
      await system.stop();
      await database.drop();
    }
  } finally {
    await servers.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

interface Wanted {
  readonly program: string;
  readonly examples: string;
  readonly seed: string;
  readonly minutes?: string | undefined;
}

/** Streams have no end, so that nothing waits for theirs. */
function schemathesis({ program, examples, seed, minutes }: Wanted, origin: string, cwd: string): Promise<number> {
  const options = [
    ...['--checks', CHECKS, '--max-examples', examples, '--seed', seed, '--workers', '2'],
    ...['--exclude-path-regex', '/stream$', '--request-timeout', '30', '--suppress-health-check', 'all'],
    ...['--header', 'content-type: application/json', '--phases', 'examples,coverage,fuzzing'],
    '--continue-on-failure',
  ];
  const bounded = minutes === undefined ? options : [...options, '--max-time', `${String(Number(minutes) * 60)}`];
  const child = spawn(program, ['run', `${origin}/api/openapi.json`, ...bounded], { cwd, stdio: 'inherit' });
  return new Promise((resolve) => {
    child.once('error', ({ message }) => {
      console.error(`${message}: pip install schemathesis, or name it with --program`);
      resolve(1);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
