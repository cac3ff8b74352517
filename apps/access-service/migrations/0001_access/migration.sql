-- Whoever is known: people, and programs that act as one.
CREATE TABLE users (
  id         uuid PRIMARY KEY,
  name       text NOT NULL UNIQUE,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  created_by text NOT NULL
);

-- A role, and where it is held; `*` is everything.
CREATE TABLE grants (
  id         uuid PRIMARY KEY,
  user_id    uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  role       text NOT NULL CHECK (role IN ('viewer', 'operator', 'deployer', 'cluster-admin', 'owner')),
  cluster    text NOT NULL,
  namespaces text NOT NULL,
  projects   text NOT NULL,
  given_at   timestamptz(3) NOT NULL DEFAULT now(),
  given_by   text NOT NULL,
  UNIQUE (user_id, role, cluster, namespaces, projects)
);

-- Of a token there is a digest alone.
CREATE TABLE tokens (
  id         uuid PRIMARY KEY,
  user_id    uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  name       text NOT NULL,
  digest     text NOT NULL UNIQUE,
  shown      text NOT NULL,
  limits     jsonb,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3),
  used_at    timestamptz(3),
  UNIQUE (user_id, name)
);
CREATE INDEX ON tokens (expires_at) WHERE expires_at IS NOT NULL;

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

-- Whoever runs may add to the trail, and nothing but its next entry: its number, the seal it is chained to, and a key that
-- no other one has followed.
CREATE FUNCTION audit_trail_next_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  -- By its number: a name could be that of a temporary table.
  trail text := TG_RELID::regclass;
  head  record;
  left_behind boolean;
BEGIN
  EXECUTE 'SELECT sequence, key_id, seal FROM ' || trail || ' ORDER BY sequence DESC LIMIT 1' INTO head;
  IF NEW.sequence <> coalesce(head.sequence, 0) + 1
     OR (NEW.record::jsonb ->> 'sequence')::bigint IS DISTINCT FROM NEW.sequence THEN
    RAISE EXCEPTION 'entry % of the audit does not come after entry %', NEW.sequence, coalesce(head.sequence, 0)
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.previous_seal <> coalesce(head.seal, repeat('0', 64)) THEN
    RAISE EXCEPTION 'entry % of the audit is not chained to the one before it', NEW.sequence
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.key_id <> head.key_id THEN
    EXECUTE 'SELECT EXISTS (SELECT FROM ' || trail || ' WHERE key_id = $1)'
      || ' OR EXISTS (SELECT FROM ' || trail || ' WHERE record::jsonb ->> ''action'' = ''audit.trimmed'''
      || ' AND record::jsonb -> ''details'' -> ''former_keys'' ? $1)' INTO left_behind USING NEW.key_id;
    IF left_behind THEN
      RAISE EXCEPTION 'key % of the audit was followed by key %', NEW.key_id, head.key_id
        USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER audit_trail_next_entry BEFORE INSERT ON audit_trail
  FOR EACH ROW EXECUTE FUNCTION audit_trail_next_entry();
-- Which keys are former is asked of the whole trail, however long it is.
CREATE INDEX ON audit_trail (key_id);
CREATE INDEX ON audit_trail (sequence) WHERE record::jsonb ->> 'action' = 'audit.trimmed';
