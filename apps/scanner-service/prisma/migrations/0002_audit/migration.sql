-- Who changed what. Entries are only added, each sealed over the one before it with a key that is not in the database;
-- whatever is looked for comes from the record itself. The running role may add and read, and nothing else.
CREATE TABLE audit_trail (
  sequence      bigint PRIMARY KEY,
  -- As it was sealed, byte by byte.
  record        text NOT NULL,
  key_id        text NOT NULL,
  previous_seal text NOT NULL,
  seal          text NOT NULL,
  cluster_id    text GENERATED ALWAYS AS (record::jsonb ->> 'cluster_id') STORED,
  namespace     text GENERATED ALWAYS AS (record::jsonb ->> 'namespace') STORED,
  stack_id      text GENERATED ALWAYS AS (record::jsonb ->> 'stack_id') STORED,
  project       text GENERATED ALWAYS AS (record::jsonb ->> 'project') STORED,
  deployment_id text GENERATED ALWAYS AS (record::jsonb ->> 'deployment_id') STORED
);
CREATE INDEX ON audit_trail (cluster_id, sequence) WHERE cluster_id IS NOT NULL;
CREATE INDEX ON audit_trail (stack_id, sequence) WHERE stack_id IS NOT NULL;
CREATE INDEX ON audit_trail (project, sequence) WHERE project IS NOT NULL;
CREATE INDEX ON audit_trail (deployment_id, sequence) WHERE deployment_id IS NOT NULL;

-- Entries go out by it, in the transaction of what they tell of.
CREATE TABLE outbox (
  id            uuid PRIMARY KEY,
  kind          text NOT NULL,
  payload       jsonb NOT NULL,
  actor         text NOT NULL,
  request_id    text NOT NULL,
  created_at    timestamptz(3) NOT NULL DEFAULT now(),
  sent_at       timestamptz(3),
  due_at        timestamptz(3) NOT NULL DEFAULT now(),
  position      bigint GENERATED ALWAYS AS IDENTITY,
  -- Those of one aggregate go out one after the other.
  aggregate     text,
  -- Who is sending it, and until when nobody else does.
  claim         uuid,
  claimed_until timestamptz(3),
  -- Nobody could ever send it, and why.
  set_aside_at  timestamptz(3),
  reason        text
);
CREATE INDEX ON outbox (position) WHERE sent_at IS NULL AND set_aside_at IS NULL;
CREATE INDEX ON outbox (sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX ON outbox (set_aside_at DESC) WHERE set_aside_at IS NOT NULL;
