-- Credentials of registries, by cluster; they go with their cluster.
CREATE TABLE pull_secrets (
  cluster_id      text NOT NULL REFERENCES clusters (id) ON DELETE CASCADE,
  registry        text NOT NULL,
  username        text NOT NULL,
  password        text NOT NULL,
  password_key_id text GENERATED ALWAYS AS (split_part(password, '.', 2)) STORED,
  version         integer NOT NULL DEFAULT 1,
  updated_at      timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (cluster_id, registry)
);
CREATE INDEX pull_secrets_by_key ON pull_secrets (password_key_id);
