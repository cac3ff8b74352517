CREATE TABLE scans (
  cluster_id text NOT NULL,
  namespace  text NOT NULL,
  infra      jsonb NOT NULL,
  notes      text[] NOT NULL,
  scanned_at timestamptz(3) NOT NULL,
  error      text,
  failed_at  timestamptz(3),
  PRIMARY KEY (cluster_id, namespace)
);
