-- A setting is the installation's, or one project's. Envelopes are bound to the id: that of a setting that is there is its path.
ALTER TABLE settings ADD COLUMN id text;
UPDATE settings SET id = path;
ALTER TABLE settings
  ADD COLUMN project text,
  ADD COLUMN for_uploads boolean NOT NULL DEFAULT false,
  ALTER COLUMN id SET NOT NULL,
  DROP CONSTRAINT settings_pkey,
  ADD PRIMARY KEY (id),
  ADD CHECK (id = CASE WHEN project IS NULL THEN path ELSE project || '/' || path END),
  -- A project's own setting is seen by that project, whatever it is.
  ADD CHECK (project IS NULL OR NOT for_uploads);
ALTER TABLE settings ALTER COLUMN for_uploads DROP DEFAULT;
DROP INDEX settings_by_key;
CREATE INDEX settings_by_key ON settings (key_id, id);
CREATE INDEX settings_by_project ON settings (project) WHERE project IS NOT NULL;

ALTER TABLE uploads
  ADD COLUMN failures integer NOT NULL DEFAULT 0,
  ADD COLUMN failure  text;
