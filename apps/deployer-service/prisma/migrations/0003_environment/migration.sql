-- Where each variable's value came from, without the secret ones: what the last deployment used.
ALTER TABLE deployments ADD COLUMN environment jsonb NOT NULL DEFAULT '[]';
CREATE INDEX deployments_newest_of_service ON deployments (cluster_id, namespace, service_id, created_at DESC);
