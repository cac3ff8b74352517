-- Which API server a row stands for; filled by the next check of a row that was here before.
ALTER TABLE clusters
  ADD COLUMN identity text,
  ADD COLUMN endpoint text;

-- Not unique: the same API server may be registered twice on purpose.
CREATE INDEX clusters_by_identity ON clusters (identity);
CREATE INDEX clusters_by_endpoint ON clusters (endpoint);
