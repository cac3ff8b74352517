-- Requests that a client may send again under the same key, for a day: what was asked, and what was answered.
CREATE TABLE idempotency_keys (
  actor          text NOT NULL,
  operation      text NOT NULL,
  -- Neither the key nor the request is kept, only digests of them.
  key_digest     text NOT NULL,
  request_digest text NOT NULL,
  -- Names the effect, so that carrying the request out again cannot have another one.
  effect_id      uuid NOT NULL DEFAULT gen_random_uuid(),
  created_at     timestamptz(3) NOT NULL DEFAULT now(),
  held_until     timestamptz(3) NOT NULL,
  answer         jsonb,
  PRIMARY KEY (actor, operation, key_digest)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
