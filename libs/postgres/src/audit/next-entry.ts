import { identifier } from '../sql.ts';

/**
 * Whoever runs may add to a trail, and the database sees to it that this is the next entry: its number, the seal it is
 * chained to, and a key that no other one has followed. Whether the seal is good only the keys can say.
 */
export function nextEntryDdl(schema: string): string {
  const [table, check] = ['audit_trail', 'audit_trail_next_entry'].map((name) => identifier(schema, name).query.text);
  return `
CREATE FUNCTION ${check}() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER audit_trail_next_entry BEFORE INSERT ON ${table}
  FOR EACH ROW EXECUTE FUNCTION ${check}();
-- Which keys are former is asked of the whole trail, however long it is.
CREATE INDEX ON ${table} (key_id);
CREATE INDEX ON ${table} (sequence) WHERE record::jsonb ->> 'action' = 'audit.trimmed';`;
}
