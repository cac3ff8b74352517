-- What a deployment left in its cluster: the next one removes from it what is no longer wanted.
ALTER TABLE deployments ADD COLUMN inventory jsonb;
CREATE INDEX deployments_last_good ON deployments (cluster_id, namespace, service_name, created_at DESC)
  WHERE status = 'succeeded';
