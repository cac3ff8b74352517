-- Revisions are something people use: named, compared, gone back to by a plan, and looked at as manifests.

-- Names that people gave it; unique in its stack, which whoever changes them locks. With one it is not thinned.
ALTER TABLE deployments ADD COLUMN tags text[] NOT NULL DEFAULT '{}';
CREATE INDEX deployments_tagged ON deployments (stack_id) WHERE tags <> '{}';

ALTER TABLE plans
  -- What applying it is.
  ADD COLUMN kind     text NOT NULL DEFAULT 'deploy' CHECK (kind IN ('deploy', 'rollback')),
  -- The revision that a rollback brings back.
  ADD COLUMN based_on uuid,
  -- The services that a rollback was asked for; null: all.
  ADD COLUMN about    jsonb;

-- Of which revision its manifests were last written to the operator's folder, and what went wrong.
ALTER TABLE stacks ADD COLUMN manifests jsonb;
