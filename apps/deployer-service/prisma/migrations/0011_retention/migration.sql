-- Nothing grows without end: what may go is found by its age, and events go by the month.

-- Of old revisions only the history is left.
ALTER TABLE deployments
  ALTER COLUMN desired DROP NOT NULL,
  ADD COLUMN thinned_at timestamptz(3),
  ADD CHECK ((thinned_at IS NULL) = (desired IS NOT NULL));
CREATE INDEX deployments_whole ON deployments (coalesce(finished_at, created_at), id) WHERE thinned_at IS NULL;
CREATE INDEX deployments_thinned ON deployments (coalesce(finished_at, created_at), id) WHERE thinned_at IS NOT NULL;
-- A plan that goes is looked for in all of them.
CREATE INDEX deployments_by_plan ON deployments (plan_id) WHERE plan_id IS NOT NULL;
CREATE INDEX plans_of_stack ON plans (stack_id);

CREATE INDEX outbox_sent ON outbox (sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX dead_letters_age ON dead_letters (created_at);

-- Events by the month. Their numbers are given out under the lock of their deployment's row, which is what keeps two of
-- them apart; and no key leads to that row, so that neither locks the other when it goes.
ALTER TABLE progress_events RENAME TO progress_events_before;
ALTER INDEX progress_events_pkey RENAME TO progress_events_before_pkey;
CREATE TABLE progress_events (
  deployment_id uuid NOT NULL,
  sequence      integer NOT NULL,
  attempt       integer NOT NULL,
  time          timestamptz(3) NOT NULL,
  type          text NOT NULL,
  message       text NOT NULL,
  data          jsonb NOT NULL,
  PRIMARY KEY (deployment_id, sequence, time)
) PARTITION BY RANGE (time);
-- For whatever has no partition of its own.
CREATE TABLE progress_events_rest PARTITION OF progress_events DEFAULT;
CREATE INDEX progress_events_rest_age ON progress_events_rest (time);
-- Whoever runs owns nothing, and makes and drops months by these. What has not ended goes on from its events.
CREATE FUNCTION make_progress_events_month(first timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = deployments, pg_temp AS $$
DECLARE month timestamptz := date_trunc('month', first, 'UTC');
BEGIN
  EXECUTE format('CREATE TABLE %I PARTITION OF progress_events FOR VALUES FROM (%L) TO (%L)',
    'progress_events_' || to_char(month AT TIME ZONE 'UTC', 'YYYY_MM'), month,
    (month AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC');
END $$;
CREATE FUNCTION drop_progress_events_month(month text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = deployments, pg_temp AS $$
BEGIN
  IF month !~ '^progress_events_[0-9]{4}_[0-9]{2}$' THEN RAISE EXCEPTION '% is no month of progress_events', month; END IF;
  EXECUTE format('ALTER TABLE progress_events DETACH PARTITION %I', month);
  EXECUTE 'INSERT INTO progress_events SELECT * FROM ' || quote_ident(month)
    || $staying$ WHERE deployment_id IN (SELECT id FROM deployments WHERE status IN ('queued', 'pending', 'deploying'))$staying$;
  EXECUTE format('DROP TABLE %I', month);
END $$;
SELECT make_progress_events_month(now());
INSERT INTO progress_events SELECT deployment_id, sequence, attempt, time, type, message, data FROM progress_events_before;
DROP TABLE progress_events_before;
