import pg from 'pg';
import { natsFor, startServices, testDatabase } from '@ushadow/testing';
import { median, percentile, round } from '../compile/measure.mjs';

const REVISIONS = 1_000;
const PAGE = 200;
const STACK = '00000000-0000-4000-8000-000000000001';
/** What is promised: milliseconds. */
const LIMIT_MS = 100;

/** The history of a stack with a thousand revisions, at an HTTP client of the gateway. */
export async function history({ rounds }) {
  const database = await testDatabase();
  const { url: natsUrl } = await natsFor(import.meta.url);
  const only = ['deployer-service', 'gateway'];
  const env = { 'deployer-service': { LOG_LEVEL: 'warn' }, gateway: { LOG_LEVEL: 'warn' } };
  const system = await startServices({ database, natsUrl, composeDirectory: '/x', only, env });
  try {
    await fill(database);
    const page = async (limit, before) => {
      const query = before === undefined ? '' : `&before=${before}`;
      const response = await fetch(`${system.gatewayUrl}/api/stacks/${STACK}/history?limit=${limit}${query}`);
      if (!response.ok) throw new Error(await response.text());
      return (await response.json()).revisions;
    };
    const all = async () => {
      const found = [];
      while (found.length < REVISIONS) found.push(...(await page(PAGE, found.at(-1)?.revision)));
      if (new Set(found.map(({ revision }) => revision)).size !== REVISIONS) throw new Error('not each revision once');
    };
    return [
      await measured('history, newest 20 of 1,000 revisions', () => page(20), rounds),
      await measured('history, newest 200 of 1,000', () => page(PAGE), rounds),
      await measured('history, all 1,000 in five pages', all, rounds),
    ];
  } finally {
    await system.stop();
    await database.drop();
  }
}

async function measured(name, work, rounds) {
  for (let warm = 0; warm < 5; warm += 1) await work();
  const taken = [];
  for (let turn = 0; turn < rounds; turn += 1) {
    const start = performance.now();
    await work();
    taken.push(performance.now() - start);
  }
  return [name, round(median(taken)), round(percentile(taken, 0.95)), `< ${LIMIT_MS} ms`];
}

/** Every tenth is a rollback, every hundredth has a tag. */
async function fill(database) {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO deployments.stacks (id, target_id, namespace, project) VALUES ($1, '0000000000000001', 'shop', 'shop')`,
      [STACK],
    );
    await client.query(
      `INSERT INTO deployments.deployments (id, stack_id, target_id, namespace, project, services, kind, revision, status,
         verdict, objects, desired, content, desired_digest, after_digest, inventory, deadline_seconds, stall_seconds,
         take_over, recreate, rollback, prune, plan_hash, note, tags, based_on, actor, request_id, attempt, last_sequence,
         created_at, started_at, finished_at)
       SELECT ('00000000-0000-4000-9000-' || lpad(n::text, 12, '0'))::uuid, $1, '0000000000000001', 'shop', 'shop',
              ARRAY['web', 'db'], CASE WHEN n % 10 = 0 THEN 'rollback' ELSE 'deploy' END, n, 'succeeded',
              '{"status": "succeeded", "code": null, "reason": null, "object": null, "remedy": null}',
              ARRAY['ConfigMap/shop/web-config', 'Secret/shop/web-secrets', 'Service/shop/web', 'Deployment/shop/web',
                'StatefulSet/shop/db'],
              repeat('e1.', 4000), repeat('e1.', 4000), 'k:' || repeat('0', 64), 'k:' || lpad(n::text, 64, '0'), '[]', 300,
              240, false, 'jobs', true, true, repeat('0', 64), 'why it was done',
              CASE WHEN n % 100 = 0 THEN ARRAY['tag-' || n] ELSE '{}' END,
              CASE WHEN n % 10 = 0 THEN ('00000000-0000-4000-9000-' || lpad((n - 5)::text, 12, '0'))::uuid END,
              'operator', 'r', 1, 20, now() - (1001 - n) * interval '1 minute', now(), now()
         FROM generate_series(1, $2::int) AS n`,
      [STACK, REVISIONS],
    );
    await client.query('ANALYZE deployments.deployments');
  } finally {
    await client.end();
  }
}
