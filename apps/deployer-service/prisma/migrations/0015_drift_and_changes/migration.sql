-- What is done with a stack from its last good content, and what others have made of it meanwhile.
ALTER TABLE deployments DROP CONSTRAINT deployments_kind_check;
ALTER TABLE deployments ADD CONSTRAINT deployments_kind_check
  CHECK (kind IN ('deploy', 'rollback', 'remove', 'stop', 'start', 'restart', 'scale', 'envmap',
                  'repair', 'adopt', 'update-image', 'change', 'run'));

-- Any deployment can be planned.
ALTER TABLE plans DROP CONSTRAINT plans_kind_check;

CREATE TABLE stack_drift (
  stack_id       uuid PRIMARY KEY REFERENCES stacks (id) ON DELETE CASCADE,
  -- Whose content it was compared with; null while nothing was compared.
  revision       integer,
  checked_at     timestamptz(3),
  -- When drift was first seen that has not ended since.
  drifted_since  timestamptz(3),
  checked        integer NOT NULL DEFAULT 0,
  count          integer NOT NULL DEFAULT 0,
  -- Redacted.
  objects        jsonb NOT NULL DEFAULT '[]',
  unseen         text[] NOT NULL DEFAULT '{}',
  next_check_at  timestamptz(3) NOT NULL DEFAULT now(),
  lease_owner    text,
  lease_until    timestamptz(3)
);
CREATE INDEX stack_drift_due ON stack_drift (next_check_at);
CREATE INDEX stack_drift_leased ON stack_drift (lease_until) WHERE lease_until IS NOT NULL;
