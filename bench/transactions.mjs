/** A lease that is renewed and events that are appended: our own way to Postgres against Prisma's, over the same pool. */
import { randomUUID } from 'node:crypto';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { PrismaPg } from '@prisma/adapter-pg';
import { migrate, Postgres, sql, StorePool } from '@ushadow/postgres';
import { testDatabase } from '@ushadow/testing';
import { Prisma, PrismaClient } from '../apps/deployer-service/dist/generated/prisma/client.js';
import { median, percentile, round } from './compile/measure.mjs';
import { table, writeSection } from './compile/results-section.mjs';

export const needs = ['postgres'];

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '400' },
    parallel: { type: 'string', default: '8' },
    'no-write': { type: 'boolean' },
  },
});
const rounds = Number(options.rounds);
const parallel = Number(options.parallel);
const directory = fileURLToPath(new URL('../apps/deployer-service/prisma/migrations', import.meta.url));

const database = await testDatabase();
await migrate({
  url: database.ownerUrls.deployments,
  directory,
  runningRole: new URL(database.urls.deployments).username,
});
const pool = new StorePool({ url: database.urls.deployments, applicationName: 'bench' });
const postgres = new Postgres(pool);
const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { schema: 'deployments' }) });

/** A deployment that is under way. */
async function underWay() {
  const [id, stack] = [randomUUID(), randomUUID()];
  await pool.query(
    `INSERT INTO stacks (id, target_id, namespace, project) VALUES ($1::uuid, 'c', 'n', $1::uuid::text)`,
    [stack],
  );
  await pool.query(
    `INSERT INTO deployments (id, stack_id, target_id, namespace, project, kind, revision, status, objects, desired,
       desired_digest, deadline_seconds, actor, request_id, lease_owner, lease_epoch)
     VALUES ($1, $2, 'c', 'n', 'p', 'deploy', 1, 'deploying', '{}', 'e1.x', 'k:d', 60, 'a', 'r', 'me', 1)`,
    [id, stack],
  );
  return id;
}

const events = JSON.stringify([
  { type: 'object.applied', message: 'web: created', data: { outcome: 'created' } },
  { type: 'object.applied', message: 'db: created', data: { outcome: 'created' } },
]);

/** Both sides send the same statements; `tag` makes them, `ask` asks. */
const renewal = (tag, id) => tag`
  UPDATE deployments.deployments SET lease_until = clock_timestamp() + make_interval(secs => ${15})
   WHERE id = ${id}::uuid AND lease_epoch = ${1n} AND lease_owner IS NOT NULL AND status = 'deploying' RETURNING ending`;
const append = (tag, id) => tag`
  WITH held AS (
    UPDATE deployments.deployments SET last_sequence = last_sequence + 2
     WHERE id = ${id}::uuid AND lease_epoch = ${1n} AND lease_owner IS NOT NULL RETURNING last_sequence - 2 AS before, attempt)
  INSERT INTO deployments.progress_events (deployment_id, sequence, attempt, time, type, message, data)
  SELECT ${id}::uuid, before + position, attempt, clock_timestamp(), event ->> 'type', event ->> 'message', event -> 'data'
    FROM held, jsonb_array_elements(${events}::jsonb) WITH ORDINALITY AS told (event, position) RETURNING sequence`;
const lock = (tag, id) => tag`SELECT pg_advisory_xact_lock(hashtextextended(${id}, 0))::text`;

const ours = {
  one: (statement) => (id) => postgres.rows(statement(sql, id)),
  all: (statements) => (id) =>
    postgres.transaction(async (queries) => {
      for (const statement of statements) await queries.rows(statement(sql, id));
    }),
};
const theirs = {
  one: (statement) => (id) => prisma.$queryRaw(statement(Prisma.sql, id)),
  all: (statements) => (id) =>
    prisma.$transaction(async (transaction) => {
      for (const statement of statements) await transaction.$queryRaw(statement(Prisma.sql, id));
    }),
};
const cases = {
  'lease renewal': ({ one }) => one(renewal),
  'two events appended': ({ one }) => one(append),
  'transaction: lock, events, renewal': ({ all }) => all([lock, append, renewal]),
};

/** Milliseconds of each round, and rounds a second with some at once. */
async function measure(act, id, many) {
  const times = [];
  for (let turn = 0; turn < rounds; turn += 1) {
    const start = performance.now();
    await act(id);
    times.push(performance.now() - start);
  }
  const cpu = process.cpuUsage();
  const start = performance.now();
  await Promise.all(
    many.map(async (own) => {
      for (let turn = 0; turn < rounds / parallel; turn += 1) await act(own);
    }),
  );
  const seconds = (performance.now() - start) / 1_000;
  const used = process.cpuUsage(cpu);
  return { times, perSecond: rounds / seconds, cpuUs: (used.user + used.system) / rounds };
}

try {
  const rows = [];
  for (const [name, act] of Object.entries(cases)) {
    const sides = { ours: act(ours), theirs: act(theirs) };
    const results = { ours: [], theirs: [] };
    const id = await underWay();
    const many = await Promise.all(Array.from({ length: parallel }, underWay));
    // Warm, then in turn: what else the machine does meets both.
    for (const side of ['ours', 'theirs']) await measure(sides[side], id, many);
    for (let turn = 0; turn < 3; turn += 1)
      for (const side of ['ours', 'theirs']) results[side].push(await measure(sides[side], id, many));
    const ms = (side, share) =>
      percentile(
        results[side].flatMap(({ times }) => times),
        share,
      );
    const of = (side, key) => median(results[side].map((result) => result[key]));
    rows.push([
      name,
      round(ms('ours', 0.5), 2),
      round(ms('theirs', 0.5), 2),
      round(ms('theirs', 0.5) / ms('ours', 0.5), 1),
      round(ms('theirs', 0.95) / ms('ours', 0.95), 1),
      round(of('ours', 'perSecond') / of('theirs', 'perSecond'), 1),
      round(of('theirs', 'cpuUs') / of('ours', 'cpuUs'), 1),
    ]);
  }
  const lines = [
    `Machine: ${cpus().length} × ${cpus()[0]?.model.trim()}, load ${round(loadavg()[0], 1)}, Node ${process.version}; three times ${rounds} rounds of each side, in turn, one at a time and ${parallel} at once.`,
    'The same statements over the same connections: by `Postgres` of `@ushadow/postgres`, and by Prisma’s client. Ratios above 1: ours is better.',
    '',
    ...table(
      ['what', 'ours, median ms', 'Prisma, median ms', 'median', '95th percentile', 'throughput', 'processor time'],
      rows,
    ),
  ];
  console.log(lines.join('\n'));
  if (!options['no-write']) writeSection('transactions', lines);
} finally {
  await prisma.$disconnect();
  await pool.end();
  await database.drop();
}
