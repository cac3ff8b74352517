CREATE TABLE settings (
  path       text PRIMARY KEY,
  envelope   text NOT NULL,
  key_id     text NOT NULL GENERATED ALWAYS AS (split_part(envelope, '.', 2)) STORED,
  is_secret  boolean NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  updated_by text NOT NULL
);
CREATE INDEX settings_by_key ON settings (key_id, path);

CREATE TABLE saved_variables (
  id           uuid PRIMARY KEY,
  service_id   text NOT NULL,
  cluster_id   text NOT NULL,
  namespace    text NOT NULL,
  variable     text NOT NULL,
  envelope     text,
  key_id       text GENERATED ALWAYS AS (split_part(envelope, '.', 2)) STORED,
  setting_path text,
  is_secret    boolean,
  updated_at   timestamptz(3) NOT NULL,
  updated_by   text NOT NULL,
  -- A value or a reference, never both: which one wins must not be a question.
  CHECK (envelope IS NULL OR setting_path IS NULL)
);
CREATE UNIQUE INDEX saved_variables_place ON saved_variables (service_id, cluster_id, namespace, variable);
CREATE INDEX saved_variables_by_cluster ON saved_variables (cluster_id);
CREATE INDEX saved_variables_by_setting ON saved_variables (setting_path) WHERE setting_path IS NOT NULL;
CREATE INDEX saved_variables_by_key ON saved_variables (key_id, id) WHERE envelope IS NOT NULL;

CREATE TABLE uploads (
  name        text PRIMARY KEY,
  revision    uuid NOT NULL,
  uploaded_at timestamptz(3) NOT NULL,
  uploaded_by text NOT NULL
);

CREATE TABLE upload_files (
  id          uuid PRIMARY KEY,
  upload_name text NOT NULL REFERENCES uploads (name) ON DELETE CASCADE,
  path        text NOT NULL,
  bytes       integer NOT NULL,
  executable  boolean NOT NULL,
  envelope    text NOT NULL,
  key_id      text NOT NULL GENERATED ALWAYS AS (split_part(envelope, '.', 2)) STORED
);
CREATE UNIQUE INDEX upload_files_path ON upload_files (upload_name, path);
CREATE INDEX upload_files_by_key ON upload_files (key_id, id);

CREATE TABLE installation_keys (
  name     text PRIMARY KEY,
  envelope text NOT NULL,
  key_id   text NOT NULL GENERATED ALWAYS AS (split_part(envelope, '.', 2)) STORED
);

CREATE TABLE key_checks (
  key_id text PRIMARY KEY,
  sealed text NOT NULL
);
