-- What a deployment would do, asked of the cluster and kept until it is applied or too old.
CREATE TABLE plans (
  id             uuid PRIMARY KEY,
  cluster_id     text NOT NULL,
  namespace      text NOT NULL,
  service_id     text NOT NULL,
  service_name   text NOT NULL,
  node_name      text,
  -- Envelope-encrypted, bound to this row: it holds Secrets.
  desired        text NOT NULL,
  desired_key_id text GENERATED ALWAYS AS (split_part(desired, '.', 2)) STORED,
  desired_digest text NOT NULL,
  options        jsonb NOT NULL,
  -- The engine's plan: redacted, with keyed digests.
  plan           jsonb NOT NULL,
  missing_permissions jsonb NOT NULL,
  diagnostics    jsonb NOT NULL,
  hash           text NOT NULL,
  replaces       uuid,
  actor          text NOT NULL,
  request_id     text NOT NULL,
  created_at     timestamptz(3) NOT NULL DEFAULT now(),
  expires_at     timestamptz(3) NOT NULL
);
CREATE INDEX plans_expired ON plans (expires_at);

ALTER TABLE deployments
  ADD COLUMN kind          text NOT NULL DEFAULT 'deploy'
    CHECK (kind IN ('deploy', 'rollback', 'remove', 'stop', 'start', 'restart', 'scale')),
  ADD COLUMN revision      integer,
  ADD COLUMN based_on      uuid,
  ADD COLUMN stall_seconds integer NOT NULL DEFAULT 240,
  ADD COLUMN take_over     boolean NOT NULL DEFAULT false,
  ADD COLUMN recreate      text NOT NULL DEFAULT 'jobs' CHECK (recreate IN ('jobs', 'all', 'none')),
  ADD COLUMN rollback      boolean NOT NULL DEFAULT true,
  ADD COLUMN prune         boolean NOT NULL DEFAULT true,
  ADD COLUMN delete_claims text[] NOT NULL DEFAULT '{}',
  ADD COLUMN plan_id       uuid REFERENCES plans (id) ON DELETE SET NULL,
  ADD COLUMN plan_hash     text,
  ADD COLUMN before_digest text,
  -- Digest of the state it has left; null while it runs, and where that is a mixture.
  ADD COLUMN after_digest  text,
  ADD COLUMN note          text,
  -- A rollback has left it: it is not offered any more.
  ADD COLUMN undone        boolean NOT NULL DEFAULT false,
  -- Somebody wants it to end early: {request, rollback, actor, time, by}.
  ADD COLUMN ending        jsonb,
  -- Its cluster had enough to do when a worker looked; whoever ends there wakes it.
  ADD COLUMN parked_at     timestamptz(3),
  -- When the sweeper last sent a wake-up for it.
  ADD COLUMN woken_at      timestamptz(3),
  -- When one whose end is not known is to be looked at again.
  ADD COLUMN settle_at     timestamptz(3),
  -- How many workers vanished while they held it.
  ADD COLUMN losses        integer NOT NULL DEFAULT 0;

UPDATE deployments SET revision = numbered.revision
  FROM (SELECT id, row_number() OVER (PARTITION BY cluster_id, namespace, service_name ORDER BY created_at, id) AS revision
          FROM deployments) AS numbered
 WHERE numbered.id = deployments.id;
ALTER TABLE deployments ALTER COLUMN revision SET NOT NULL;

ALTER TABLE deployments DROP CONSTRAINT deployments_status_check;
ALTER TABLE deployments ADD CONSTRAINT deployments_status_check
  CHECK (status IN ('queued', 'pending', 'deploying', 'succeeded', 'failed', 'unknown', 'cancelled', 'superseded'));

CREATE UNIQUE INDEX deployments_revision ON deployments (cluster_id, namespace, service_name, revision);
-- The newest wish supersedes older ones: one waits at most.
CREATE UNIQUE INDEX deployments_one_queued ON deployments (cluster_id, namespace, service_name) WHERE status = 'queued';
DROP INDEX deployments_last_good;
CREATE INDEX deployments_last_good ON deployments (cluster_id, namespace, service_name, revision DESC)
  WHERE status = 'succeeded';
CREATE INDEX deployments_unknown ON deployments (finished_at) WHERE status = 'unknown';
CREATE INDEX deployments_held ON deployments (cluster_id) WHERE status = 'deploying';
CREATE INDEX deployments_parked ON deployments (cluster_id, parked_at) WHERE parked_at IS NOT NULL;

-- A message that is not to go out before its time; and audit entries go out in the order they were written.
ALTER TABLE outbox
  ADD COLUMN due_at   timestamptz(3) NOT NULL DEFAULT now(),
  ADD COLUMN position bigint GENERATED ALWAYS AS IDENTITY;
DROP INDEX outbox_unsent;
CREATE INDEX outbox_unsent ON outbox (position) WHERE sent_at IS NULL;

-- Tells epochs of this database from those of another one that writes to the same cluster.
CREATE TABLE installation (
  sole boolean PRIMARY KEY DEFAULT true CHECK (sole),
  id   text NOT NULL
);
INSERT INTO installation (id) VALUES (left(replace(gen_random_uuid()::text, '-', ''), 12));

CREATE TABLE dead_letters (
  stream_sequence bigint NOT NULL,
  -- When JetStream stored the message: a stream that is made anew counts from one again.
  stored_at       timestamptz(3) NOT NULL,
  deployment_id   text,
  deliveries      integer NOT NULL,
  reason          text NOT NULL,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (stream_sequence, stored_at)
);
