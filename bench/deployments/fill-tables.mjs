import pg from 'pg';

/** Puts `count` ended deployments with their verdicts into the table, over 20 clusters and as many stacks as it takes. */
export async function fillTables(database, count) {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    // One service a stack, and a hundred deployments of each.
    await client.query(
      `INSERT INTO deployments.stacks (id, target_id, namespace, project)
       SELECT gen_random_uuid(), lpad(to_hex(n % 20), 16, '0'), 'ns-' || n, 'shop-' || n
         FROM generate_series(0, ($1::int - 1) / 100) AS n`,
      [count],
    );
    await client.query(
      `INSERT INTO deployments.deployments (id, stack_id, target_id, namespace, project, services, kind, revision, status,
         verdict, objects, desired, desired_digest, inventory, deadline_seconds, plan_hash, actor, request_id, attempt,
         last_sequence, created_at, started_at, finished_at)
       SELECT gen_random_uuid(), stack.id, stack.target_id, stack.namespace, stack.project, ARRAY['web'],
              'deploy', 100 - n % 100, CASE WHEN n % 7 = 0 THEN 'failed' ELSE 'succeeded' END,
              jsonb_build_object('status', CASE WHEN n % 7 = 0 THEN 'failed' ELSE 'succeeded' END, 'code', NULL,
                'reason', repeat('why it ended as it did ', 5), 'object', 'Deployment/ns/svc', 'remedy', NULL),
              ARRAY['ConfigMap/ns/svc-config', 'Secret/ns/svc-secrets', 'Service/ns/svc', 'Deployment/ns/svc', 'Ingress/ns/svc'],
              repeat('e1.', 4000), 'k:' || repeat('0', 64), '[]', 300, repeat('0', 64), 'operator', 'r', 1, 20,
              now() - n * interval '1 minute', now(), now()
         FROM generate_series(0, $1::int - 1) AS n
         JOIN deployments.stacks AS stack ON stack.project = 'shop-' || n / 100`,
      [count],
    );
    await client.query('ANALYZE deployments.deployments');
  } finally {
    await client.end();
  }
}
