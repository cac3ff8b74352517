import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, nkeyAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import { inboxPrefix, natsPermissions, natsUsers, operations, type BusUser, type Operation } from '@ushadow/contracts';
import { keysBehind, natsFor, repositoryRoot, SeededRandom, startServices, testDatabase } from '@ushadow/testing';
import type { RunningSystem } from '@ushadow/testing';
import { lineProgress } from '@ushadow/testing/servers';
import type { BusKeys } from '@ushadow/testing/servers';
import type { ServiceName } from '@ushadow/testing/services';
import { startTestServers } from '../test/test-servers.ts';
import { runNx } from '../workspace/run-nx.ts';
import { judgeAnswer } from './bus-verdict.ts';
import { fuzzMessage } from './bus-message.ts';
import { readFuzzOptions } from './options.ts';

type Say = (line: string) => void;

const users = natsUsers.filter((user): user is BusUser => user !== 'installer');
const all = Object.values(operations as unknown as Readonly<Record<string, Operation>>);
const SERVICES: readonly ServiceName[] = [
  'cluster-service',
  'compiler-service',
  'scanner-service',
  'deployer-service',
  'operations-service',
  'gateway',
];
const IN_FLIGHT = 8;
const ANSWER_MS = 30_000;
/** What a process grows by until its caches are warm. */
const WARM = 2_000;
const GROWTH_MAX = 1.5;
const GROWTH_SPARE_KB = 60 * 1024;

/** Every user sends to every subject what the contracts allow and what they do not. The exit code is 1 when something gave way. */
export async function fuzz(args: readonly string[], say: Say): Promise<number> {
  const { minutes, seed } = readFuzzOptions(args);
  const root = repositoryRoot();
  const scratch = await mkdtemp(join(tmpdir(), 'ushadow-fuzz-'));
  await chmod(scratch, 0o711);
  const context = { env: process.env, root, progress: lineProgress(say) };
  const servers = await startTestServers(context, scratch, ['postgres', 'nats']);
  try {
    await runNx(context, 'build');
    Object.assign(process.env, servers.env);
    const database = await testDatabase();
    const natsUrl = (await natsFor('fuzz')).url;
    const env = { 'cluster-service': { STATUS_INTERVAL_SECONDS: '0' } };
    const system = await startServices({ database, natsUrl, composeDirectory: join(root, 'examples'), env });
    try {
      const problems = await play({ system, natsUrl, seed, until: Date.now() + minutes * 60_000, say });
      for (const problem of problems) say(`✗ ${problem}`);
      return problems.length === 0 ? 0 : 1;
    } finally {
      await system.stop();
      await database.drop();
    }
  } finally {
    await servers.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

type Play = {
  readonly system: RunningSystem;
  readonly natsUrl: string;
  readonly seed: number;
  readonly until: number;
  readonly say: Say;
};

async function play({ system, natsUrl, seed, until, say }: Play): Promise<readonly string[]> {
  const keys = keysBehind(natsUrl);
  const senders = await Promise.all(users.map((user) => Sender.connect(natsUrl, user, keys)));
  const problems = new Set<string>();
  const random = new SeededRandom(seed);
  let [sent, refused] = [0, 0];
  const counts: Record<string, number> = {};
  let before: Readonly<Record<string, number>> | undefined;
  const one = async (): Promise<void> => {
    while (Date.now() < until) {
      const [sender, operation] = [random.pick(senders), random.pick(all)];
      const message = fuzzMessage(operation, sender.user, sender.keys, random);
      const isAllowed = operation.callers.includes(sender.user);
      sent += 1;
      if (sent === WARM) before = await memory(system);
      const outcome = isAllowed
        ? await sender.ask(operation, message)
        : await sender.push(message).then(() => ((refused += 1), 'refused'));
      const text = typeof outcome === 'string' ? outcome : judgeAnswer(operation, outcome, keys[sender.user]);
      if (text.startsWith('!')) problems.add(`${operation.name} as ${sender.user}: ${text.slice(1)}`);
      else counts[text] = (counts[text] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, one));
  for (const name of SERVICES) if (system.processes(name).length !== 1) problems.add(`${name} ended`);
  const after = await memory(system);
  for (const [name, kb] of Object.entries(after)) {
    const first = before?.[name] ?? kb;
    if (kb > first * GROWTH_MAX + GROWTH_SPARE_KB) problems.add(`${name} grew from ${first} to ${kb} kB`);
  }
  const violations = senders.reduce((sum, each) => sum + each.violations, 0);
  if (violations < refused) problems.add(`${refused - violations} messages got through that are not in the contracts`);
  await Promise.all(senders.map((each) => each.close()));
  say(`fuzz: seed ${seed}, ${sent} messages; ${refused} were sent by users that may not, and refused by the server`);
  for (const [outcome, count] of Object.entries(counts).sort(([, a], [, b]) => b - a)) say(`  ${count} × ${outcome}`);
  for (const [name, kb] of Object.entries(after)) say(`  ${name}: ${before?.[name] ?? kb} → ${kb} kB`);
  return [...problems];
}

/** A user on the bus, who also counts what the server refuses it. */
class Sender {
  readonly user: BusUser;
  readonly keys: Readonly<Record<BusUser, string>>;
  violations = 0;
  readonly #connection: NatsConnection;

  private constructor(user: BusUser, connection: NatsConnection, keys: BusKeys) {
    this.user = user;
    this.#connection = connection;
    this.keys = Object.fromEntries(users.map((each) => [each, keys[each].xkey])) as Record<BusUser, string>;
    void this.#watch();
  }

  static async connect(natsUrl: string, user: BusUser, keys: BusKeys): Promise<Sender> {
    const connection = await connect({
      servers: new URL(natsUrl).host,
      authenticator: nkeyAuthenticator(new TextEncoder().encode(keys[user].nkeySeed)),
      inboxPrefix: inboxPrefix(user),
    });
    return new Sender(user, connection, keys);
  }

  /** The answer, or in a word why there was none. */
  async ask(operation: Operation, { subject, data, headers, isRequest }: Message): Promise<unknown> {
    try {
      const timeout = isRequest ? ANSWER_MS : 50;
      return (await this.#connection.request(subject, data, { headers, timeout, noMux: true })).json();
    } catch (error) {
      if (!isRequest) return 'no request, no answer';
      return `!no answer: ${error instanceof Error ? error.message : String(error)} (${operation.subject})`;
    }
  }

  /** Sends what the server is to refuse. */
  async push({ subject, data, headers }: Message): Promise<void> {
    if (natsPermissions(this.user).publish.includes(subject)) throw new Error(`${this.user} may send to ${subject}`);
    this.#connection.publish(subject, data, { headers, reply: `${inboxPrefix(this.user)}.pushed` });
    await this.#connection.flush();
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  async #watch(): Promise<void> {
    for await (const status of this.#connection.status()) if (status.type === 'error') this.violations += 1;
  }
}

type Message = ReturnType<typeof fuzzMessage>;

/** Resident memory of each service, in kB. */
async function memory(system: RunningSystem): Promise<Readonly<Record<string, number>>> {
  const read = async (name: ServiceName): Promise<[string, number]> => [
    name,
    await residentOf(system.processes(name)[0]?.process.pid ?? 0),
  ];
  return Object.fromEntries(await Promise.all(SERVICES.map(read)));
}

/** Of a process and of those it has started: a service runs below the one that ties it to us. */
async function residentOf(pid: number): Promise<number> {
  const read = (file: string): Promise<string> => readFile(`/proc/${String(pid)}/${file}`, 'utf8').catch(() => '');
  const own = Number(/VmRSS:\s+(\d+)/.exec(await read('status'))?.[1] ?? 0);
  const children = (await read(`task/${String(pid)}/children`)).split(' ').filter((text) => text !== '');
  const below = await Promise.all(children.map((child) => residentOf(Number(child))));
  return below.reduce((sum, each) => sum + each, own);
}
