-- A lease's epoch grows across all deployments, so that a worker that lost one loses against every later holder.
CREATE SEQUENCE lease_epoch;

CREATE TABLE deployments (
  id               uuid PRIMARY KEY,
  cluster_id       text NOT NULL,
  namespace        text NOT NULL,
  service_id       text NOT NULL,
  service_name     text NOT NULL,
  status           text NOT NULL CHECK (status IN ('pending', 'deploying', 'succeeded', 'failed', 'unknown', 'cancelled', 'superseded')),
  verdict          jsonb,
  objects          text[] NOT NULL,
  desired          text NOT NULL,
  desired_digest   text NOT NULL,
  deadline_seconds integer NOT NULL,
  actor            text NOT NULL,
  request_id       text NOT NULL,
  attempt          integer NOT NULL DEFAULT 0,
  last_sequence    integer NOT NULL DEFAULT 0,
  lease_owner      text,
  lease_epoch      bigint NOT NULL DEFAULT 0,
  lease_until      timestamptz(3),
  created_at       timestamptz(3) NOT NULL DEFAULT now(),
  started_at       timestamptz(3),
  finished_at      timestamptz(3)
);

-- One deploy at a time for a service in a namespace of a cluster.
CREATE UNIQUE INDEX deployments_one_active ON deployments (cluster_id, namespace, service_name)
  WHERE status IN ('pending', 'deploying');
CREATE INDEX deployments_newest ON deployments (created_at DESC, id DESC);
CREATE INDEX deployments_newest_of_cluster ON deployments (cluster_id, created_at DESC, id DESC);

CREATE TABLE progress_events (
  deployment_id uuid NOT NULL REFERENCES deployments (id) ON DELETE CASCADE,
  sequence      integer NOT NULL,
  attempt       integer NOT NULL,
  time          timestamptz(3) NOT NULL,
  type          text NOT NULL,
  message       text NOT NULL,
  data          jsonb NOT NULL,
  PRIMARY KEY (deployment_id, sequence)
);

CREATE TABLE outbox (
  id         uuid PRIMARY KEY,
  kind       text NOT NULL CHECK (kind IN ('job', 'audit')),
  payload    jsonb NOT NULL,
  actor      text NOT NULL,
  request_id text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  sent_at    timestamptz(3)
);
CREATE INDEX outbox_unsent ON outbox (created_at, id) WHERE sent_at IS NULL;
