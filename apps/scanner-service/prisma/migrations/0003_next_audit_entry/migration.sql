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
