-- How a cluster takes requests from outside, as people say; what is null is read from the cluster.
ALTER TABLE clusters
  ADD COLUMN routing jsonb NOT NULL DEFAULT '{"gateway": null, "ingress_class": null, "issuer": null}';
