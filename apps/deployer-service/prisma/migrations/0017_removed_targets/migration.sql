-- Since when its target is not registered any more; null while it is.
ALTER TABLE stacks ADD COLUMN target_gone_at timestamptz(3);
CREATE INDEX stacks_target_gone ON stacks (target_gone_at) WHERE target_gone_at IS NOT NULL;
