-- The stack is the unit: a project in a namespace of a target. What was kept by service becomes its revisions.
DO $$ BEGIN
  IF EXISTS (SELECT FROM deployments WHERE status IN ('queued', 'pending', 'deploying')) THEN
    RAISE EXCEPTION 'deployments are under way: let them end, or cancel them, before this version starts';
  END IF;
END $$;

CREATE TABLE stacks (
  id          uuid PRIMARY KEY,
  -- A second kind of target needs no other table.
  target_kind text NOT NULL DEFAULT 'kubernetes' CHECK (target_kind IN ('kubernetes')),
  target_id   text NOT NULL,
  namespace   text NOT NULL,
  project     text NOT NULL,
  -- Made by an env map for a service nobody has deployed yet: its first deployment takes it in.
  is_envmap   boolean NOT NULL DEFAULT false,
  -- What was last seen of it in its cluster.
  seen        jsonb,
  seen_at     timestamptz(3),
  created_at  timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (target_kind, target_id, namespace, project)
);
CREATE INDEX stacks_newest ON stacks (created_at DESC, id DESC);

INSERT INTO stacks (id, target_id, namespace, project, created_at)
SELECT gen_random_uuid(), cluster_id, namespace, regexp_replace(service_id, ':[^:]*$', ''), min(created_at)
  FROM deployments GROUP BY 2, 3, 4;

ALTER TABLE deployments
  ADD COLUMN stack_id     uuid REFERENCES stacks (id),
  ADD COLUMN project      text,
  -- The services it is about.
  ADD COLUMN services     text[] NOT NULL DEFAULT '{}',
  -- Its rows are still those of a service: the next start of this version, which has the keys, turns them into the stack's.
  ADD COLUMN is_of_service boolean NOT NULL DEFAULT false,
  -- Of a service's own history, from before there were stacks.
  ADD COLUMN old_revision integer,
  -- The complete state it has left and the configuration that comes from, envelope-encrypted; null where it left none.
  ADD COLUMN content        text,
  ADD COLUMN content_key_id text GENERATED ALWAYS AS (split_part(content, '.', 2)) STORED,
  -- Objects that may be taken over although they are nobody's.
  ADD COLUMN adopt        text[] NOT NULL DEFAULT '{}',
  ADD COLUMN delete_namespace boolean NOT NULL DEFAULT false,
  ALTER COLUMN environment SET DEFAULT '{}';

DROP INDEX deployments_one_active;
DROP INDEX deployments_one_queued;
DROP INDEX deployments_revision;
DROP INDEX deployments_last_good;
DROP INDEX deployments_newest_of_service;

UPDATE deployments SET
  is_of_service = true, stack_id = stacks.id, project = stacks.project, old_revision = revision,
  services = ARRAY[regexp_replace(service_id, '^.*:', '')],
  environment = jsonb_build_object(regexp_replace(service_id, '^.*:', ''), environment)
  FROM stacks
 WHERE stacks.target_id = cluster_id AND stacks.namespace = deployments.namespace
   AND stacks.project = regexp_replace(service_id, ':[^:]*$', '');
UPDATE deployments SET revision = numbered.revision
  FROM (SELECT id, row_number() OVER (PARTITION BY stack_id ORDER BY created_at, id) AS revision FROM deployments) AS numbered
 WHERE numbered.id = deployments.id;

ALTER TABLE deployments
  ALTER COLUMN stack_id SET NOT NULL,
  ALTER COLUMN project SET NOT NULL,
  DROP COLUMN service_id,
  DROP COLUMN service_name;
ALTER TABLE deployments DROP CONSTRAINT deployments_kind_check;
ALTER TABLE deployments ADD CONSTRAINT deployments_kind_check
  CHECK (kind IN ('deploy', 'rollback', 'remove', 'stop', 'start', 'restart', 'scale', 'envmap'));

-- One deployment at a time for a stack; those that wait go in the order of their revisions.
CREATE UNIQUE INDEX deployments_one_active ON deployments (stack_id) WHERE status IN ('pending', 'deploying');
CREATE UNIQUE INDEX deployments_revision ON deployments (stack_id, revision);
CREATE INDEX deployments_last_good ON deployments (stack_id, revision DESC) WHERE content IS NOT NULL;
CREATE INDEX deployments_of_services ON deployments (stack_id, revision) WHERE is_of_service;
CREATE INDEX deployments_by_content_key ON deployments (content_key_id, id) WHERE content IS NOT NULL;

-- A plan is for a moment: those made for services are not carried over.
UPDATE deployments SET plan_id = NULL WHERE plan_id IS NOT NULL;
DELETE FROM plans;
ALTER TABLE plans
  DROP COLUMN service_id,
  DROP COLUMN service_name,
  DROP COLUMN node_name,
  ADD COLUMN stack_id uuid NOT NULL REFERENCES stacks (id) ON DELETE CASCADE,
  ADD COLUMN project  text NOT NULL,
  ADD COLUMN services text[] NOT NULL,
  -- Revision of the configuration it was made from; null for a stack that had none.
  ADD COLUMN base_revision integer;

ALTER TABLE audit_trail
  ALTER COLUMN service_name DROP NOT NULL,
  ADD COLUMN stack_id uuid,
  ADD COLUMN project  text,
  ADD COLUMN services text[],
  ADD COLUMN adopted  text[];
CREATE INDEX audit_trail_stack ON audit_trail (stack_id, sequence DESC) WHERE stack_id IS NOT NULL;
