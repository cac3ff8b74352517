CREATE TABLE clusters (
  id                 text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{16}$'),
  name               text NOT NULL,
  context            text NOT NULL,
  server             text NOT NULL,
  namespace          text NOT NULL,
  labels             jsonb NOT NULL,
  status             text NOT NULL CHECK (status IN ('connected', 'unreachable', 'unauthorized')),
  status_reason      text,
  status_since       timestamptz(3) NOT NULL,
  checked_at         timestamptz(3) NOT NULL,
  next_check_at      timestamptz(3) NOT NULL,
  failed_checks      integer NOT NULL DEFAULT 0,
  version            text,
  node_count         integer,
  credential         text NOT NULL,
  credential_key_id  text NOT NULL,
  credential_version integer NOT NULL DEFAULT 1,
  created_at         timestamptz(3) NOT NULL DEFAULT now()
);

-- The name is what people look a cluster up by; the context may repeat (two k3s clusters are both called "default").
CREATE UNIQUE INDEX clusters_name_key ON clusters (name);
CREATE INDEX clusters_due ON clusters (next_check_at);
CREATE INDEX clusters_by_key ON clusters (credential_key_id);

-- One sealed constant per key: a service with a wrong key stops at start instead of failing on every cluster.
CREATE TABLE key_checks (
  key_id text PRIMARY KEY,
  sealed text NOT NULL
);
