-- Where notifications go. What is secret of a channel is one envelope, bound to its id.
CREATE TABLE channels (
  id              uuid PRIMARY KEY,
  name            text NOT NULL UNIQUE,
  kind            text NOT NULL CHECK (kind IN ('webhook', 'slack', 'email')),
  target          text NOT NULL,
  smtp            jsonb,
  is_signed       boolean NOT NULL,
  allow_plaintext boolean NOT NULL,
  rules           jsonb NOT NULL,
  envelope        text NOT NULL,
  key_id          text NOT NULL GENERATED ALWAYS AS (split_part(envelope, '.', 2)) STORED,
  reason          text,
  failing_since   timestamptz(3),
  paused_at       timestamptz(3),
  delivered_at    timestamptz(3),
  -- Who is sending to it, and until when nobody else does: a receiver that hangs costs one slot, whatever waits for it.
  claim           uuid,
  claimed_until   timestamptz(3),
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  created_by      text NOT NULL
);
CREATE INDEX ON channels (key_id, id);

-- One for each event and channel; written before anything is sent.
CREATE TABLE deliveries (
  id            uuid PRIMARY KEY,
  position      bigint GENERATED ALWAYS AS IDENTITY,
  channel_id    uuid NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
  event_id      text NOT NULL,
  notification  jsonb NOT NULL,
  state         text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'failed')),
  attempts_made integer NOT NULL DEFAULT 0,
  due_at        timestamptz(3) NOT NULL DEFAULT now(),
  give_up_at    timestamptz(3) NOT NULL DEFAULT now() + interval '1 day',
  created_at    timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (channel_id, event_id)
);
CREATE INDEX ON deliveries (channel_id, due_at) WHERE state = 'waiting';
CREATE INDEX ON deliveries (channel_id, position);
CREATE UNIQUE INDEX ON deliveries (position);
CREATE INDEX ON deliveries (created_at);

CREATE TABLE attempts (
  delivery_id  uuid NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
  number       integer NOT NULL,
  at           timestamptz(3) NOT NULL,
  ok           boolean NOT NULL,
  status       integer,
  milliseconds integer NOT NULL,
  message      text NOT NULL,
  answer       text,
  PRIMARY KEY (delivery_id, number)
);

-- What was last told of each cluster.
CREATE TABLE cluster_states (
  cluster_id   text PRIMARY KEY,
  name         text NOT NULL,
  status       text NOT NULL,
  status_since timestamptz(3) NOT NULL,
  expiry_told  text
);

CREATE TABLE key_checks (
  key_id text PRIMARY KEY,
  sealed text NOT NULL
);

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

-- Who may say that a new image is there. Of a token there is a digest alone; a key to sign with is an envelope.
CREATE TABLE hooks (
  id             uuid PRIMARY KEY,
  stack_id       uuid NOT NULL,
  name           text NOT NULL,
  token_digest   text NOT NULL UNIQUE,
  envelope       text,
  key_id         text GENERATED ALWAYS AS (split_part(envelope, '.', 2)) STORED,
  services       text[] NOT NULL,
  any_repository boolean NOT NULL,
  called_at      timestamptz(3),
  result         text,
  created_at     timestamptz(3) NOT NULL DEFAULT now(),
  created_by     text NOT NULL,
  UNIQUE (stack_id, name)
);
CREATE INDEX ON hooks (key_id, id) WHERE envelope IS NOT NULL;

-- Signed calls that came, so that none counts twice.
CREATE TABLE hook_calls (
  hook_id uuid NOT NULL REFERENCES hooks (id) ON DELETE CASCADE,
  nonce   text NOT NULL,
  at      timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (hook_id, nonce)
);
CREATE INDEX ON hook_calls (at);
