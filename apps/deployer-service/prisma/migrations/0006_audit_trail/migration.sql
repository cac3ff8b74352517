-- Who did what with which result. Entries are only ever added; each holds the hash of the one before it.
CREATE TABLE audit_trail (
  sequence      bigint PRIMARY KEY,
  id            uuid NOT NULL UNIQUE,
  time          timestamptz(3) NOT NULL,
  action        text NOT NULL,
  kind          text,
  actor         text NOT NULL,
  request_id    text NOT NULL,
  deployment_id uuid,
  plan_id       uuid,
  cluster_id    text NOT NULL,
  namespace     text NOT NULL,
  service_id    text,
  service_name  text NOT NULL,
  plan_hash     text,
  desired_digest text,
  before_digest text,
  after_digest  text,
  verdict       jsonb,
  previous_hash text NOT NULL,
  hash          text NOT NULL
);
CREATE INDEX audit_trail_place ON audit_trail (cluster_id, namespace, service_name, sequence DESC);
CREATE INDEX audit_trail_deployment ON audit_trail (deployment_id, sequence DESC);

CREATE FUNCTION audit_trail_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit trail is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_trail_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_trail
  FOR EACH STATEMENT EXECUTE FUNCTION audit_trail_is_append_only();
-- The service's own role owns the table; an owner's rights can be taken as well.
REVOKE UPDATE, DELETE, TRUNCATE ON audit_trail FROM PUBLIC, CURRENT_USER;

-- The newest entry. Its row lock is what makes the chain have one writer at a time.
CREATE TABLE audit_head (
  sole     boolean PRIMARY KEY DEFAULT true CHECK (sole),
  sequence bigint NOT NULL,
  hash     text NOT NULL
);
INSERT INTO audit_head (sequence, hash) VALUES (0, repeat('0', 64));
REVOKE DELETE, TRUNCATE ON audit_head FROM PUBLIC, CURRENT_USER;
