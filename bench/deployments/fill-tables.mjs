import pg from 'pg';

/** Puts `count` ended deployments with their verdicts into the table, over 20 clusters and as many services as it takes. */
export async function fillTables(database, count) {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO deployments.deployments (id, cluster_id, namespace, service_id, service_name, kind, revision, status, verdict,
         objects, desired, desired_digest, inventory, deadline_seconds, plan_hash, actor, request_id, attempt, last_sequence,
         created_at, started_at, finished_at)
       SELECT gen_random_uuid(), lpad(to_hex(n % 20), 16, '0'), 'ns-' || n % 50, 'shop:svc-' || n / 100, 'svc-' || n / 100,
              'deploy', 1 + n % 100 / 50, CASE WHEN n % 7 = 0 THEN 'failed' ELSE 'succeeded' END,
              jsonb_build_object('status', CASE WHEN n % 7 = 0 THEN 'failed' ELSE 'succeeded' END, 'code', NULL,
                'reason', repeat('why it ended as it did ', 5), 'object', 'Deployment/ns/svc', 'remedy', NULL),
              ARRAY['ConfigMap/ns/svc-config', 'Secret/ns/svc-secrets', 'Service/ns/svc', 'Deployment/ns/svc', 'Ingress/ns/svc'],
              repeat('e1.', 4000), 'k:' || repeat('0', 64), '[]', 300, repeat('0', 64), 'operator', 'r', 1, 20,
              now() - n * interval '1 minute', now(), now()
         FROM generate_series(0, $1::int - 1) AS n`,
      [count],
    );
    await client.query('ANALYZE deployments.deployments');
  } finally {
    await client.end();
  }
}
