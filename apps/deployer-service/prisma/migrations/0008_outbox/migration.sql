-- Messages are taken for a while by a note in their rows, so that no lock is held while they are on their way; what can
-- never be sent is set aside with its reason.
ALTER TABLE outbox
  DROP CONSTRAINT outbox_kind_check,
  ADD COLUMN aggregate     text,
  ADD COLUMN claim         uuid,
  ADD COLUMN claimed_until timestamptz(3),
  ADD COLUMN set_aside_at  timestamptz(3),
  ADD COLUMN reason        text;
-- The trail is one chain: its entries go out in its order.
UPDATE outbox SET aggregate = 'audit' WHERE kind = 'audit' AND sent_at IS NULL;
DROP INDEX outbox_unsent;
CREATE INDEX outbox_unsent ON outbox (position) WHERE sent_at IS NULL AND set_aside_at IS NULL;
CREATE INDEX outbox_set_aside ON outbox (set_aside_at DESC) WHERE set_aside_at IS NOT NULL;
