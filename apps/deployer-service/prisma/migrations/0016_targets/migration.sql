-- Where a deployment goes and what a plan is for: a kind of place and which one, as a stack has it.
ALTER TABLE deployments RENAME COLUMN cluster_id TO target_id;
ALTER TABLE deployments ADD COLUMN target_kind text NOT NULL DEFAULT 'kubernetes' CHECK (target_kind IN ('kubernetes'));
ALTER TABLE plans RENAME COLUMN cluster_id TO target_id;
ALTER TABLE plans ADD COLUMN target_kind text NOT NULL DEFAULT 'kubernetes' CHECK (target_kind IN ('kubernetes'));
