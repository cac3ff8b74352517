-- The key that wraps a row, read from the envelope itself, so that the two cannot disagree. Fills existing rows too.
ALTER TABLE deployments ADD COLUMN desired_key_id text GENERATED ALWAYS AS (split_part(desired, '.', 2)) STORED;
CREATE INDEX deployments_by_key ON deployments (desired_key_id, id);

-- One sealed constant per key: a service with a wrong key stops at start instead of failing on every deployment.
CREATE TABLE key_checks (
  key_id text PRIMARY KEY,
  sealed text NOT NULL
);
