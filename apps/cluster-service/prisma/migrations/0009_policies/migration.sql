-- What may be done with what runs in a cluster, as people say.
ALTER TABLE clusters
  ADD COLUMN policies jsonb NOT NULL DEFAULT '{"exec": true, "port_forward": true, "namespaces": {}}';
