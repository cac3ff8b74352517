-- The trail that anybody with rights to the database could make anew gives way to one that is sealed.
DROP TABLE audit_trail, audit_head;
DROP FUNCTION audit_trail_is_append_only;
DELETE FROM outbox WHERE kind = 'audit';

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
