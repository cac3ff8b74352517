import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { events } from '@ushadow/contracts';
import { withClient } from '@ushadow/testing/servers';
import { testDatabase, type ApiFault, type TestDatabase } from '@ushadow/testing';
import { Bench } from '../support/bench.ts';
import { checkProperties } from '../support/check-properties.ts';
import { isDeployers } from '../support/kill-matrix.ts';
import { recorded, type Outcome } from '../support/record.ts';
import { until } from '../support/until.ts';

const MANY_KILLS_MS = 180_000;

describe('row 9: jobs that fail whoever takes them', () => {
  let database: TestDatabase;
  let bench: Bench;
  beforeAll(async () => {
    database = await testDatabase();
    bench = await Bench.start({ testFile: import.meta.url, database, workers: 3 });
  });
  afterAll(() => bench.stop());

  it('a job that fails at each delivery ends once, as given up', async () => {
    const play = async (): Promise<Outcome> => {
      const namespace = bench.newNamespace();
      await failEvents(database, namespace);
      const row = await bench.ended(await bench.deploy({ greeting: 'poison' }, { namespace }));
      const isGivenUp = row.status === 'failed' && row.verdict?.code === 'WORKER_LOST';
      const violations = isGivenUp ? [] : [`verdict ${JSON.stringify(row.verdict)}`];
      return { cases: 1, violations: [...violations, ...(await checkProperties(bench))] };
    };
    expect(await recorded({ row: 9, title: 'a job that fails at each delivery' }, play)).toEqual([]);
  });

  it('a deployment whose stored objects cannot be opened ends at once', async () => {
    const play = async (): Promise<Outcome> => {
      const namespace = bench.newNamespace();
      await spoilDesired(database, namespace);
      const row = await bench.ended(await bench.deploy({ greeting: 'spoilt' }, { namespace }));
      const violations = row.status === 'failed' && row.attempt === 1 ? [] : [`verdict ${JSON.stringify(row)}`];
      return { cases: 1, violations: [...violations, ...(await checkProperties(bench))] };
    };
    expect(await recorded({ row: 9, title: 'a row that cannot be opened' }, play)).toEqual([]);
  });

  it('messages that nobody can read leave the queue', async () => {
    const play = async (): Promise<Outcome> => {
      const texts = [
        'no json',
        '{}',
        '{"deployment_id": 1}',
        '{"deployment_id": "00000000-0000-4000-8000-000000000000"}',
      ];
      for (const text of texts) await bench.bus.jetStream().publish(events.deployRequested.subject, text);
      const manager = await bench.bus.jetStreamManager();
      const isEmpty = async (): Promise<true | undefined> =>
        (await manager.streams.info('USHADOW_DEPLOY')).state.messages === 0 ? true : undefined;
      await until('an empty queue', isEmpty, 20_000);
      await bench.succeed({ greeting: 'fine' }, { namespace: bench.newNamespace() });
      return { cases: texts.length, violations: await checkProperties(bench) };
    };
    expect(await recorded({ row: 9, title: 'messages that nobody can read' }, play)).toEqual([]);
  });

  it('a deployment that kills each worker is given up after twenty of them', async () => {
    const play = async (): Promise<Outcome> => {
      const namespace = bench.newNamespace();
      const started = Promise.withResolvers<string>();
      let isDying = false;
      const kill = async (): Promise<'drop'> => {
        await bench.workers.kill(await bench.workers.holderOf(await started.promise));
        isDying = false;
        void bench.workers.fill(3);
        return 'drop';
      };
      bench.api.setRule((call): ApiFault | undefined => {
        // One call of each worker; the others end with it.
        if (!call.path.includes(namespace) || !isDeployers(call) || isDying) return undefined;
        isDying = true;
        return { kind: 'call-back', moment: 'before', run: kill };
      });
      started.resolve(await bench.deploy({ greeting: 'deadly' }, { namespace }));
      const row = await bench.ended(await started.promise, MANY_KILLS_MS);
      bench.api.setRule(undefined);
      const isGivenUp = row.status === 'failed' && row.verdict?.code === 'WORKER_LOST';
      const violations = isGivenUp ? [] : [`verdict ${JSON.stringify(row.verdict)}`];
      return { cases: row.attempt - 1, violations: [...violations, ...(await checkProperties(bench))] };
    };
    expect(await recorded({ row: 9, title: 'a deployment that kills its workers' }, play)).toEqual([]);
  });
});

/** Nothing can be stored of a namespace's deployments, with an error that says nothing of being away, but their giving up. */
async function failEvents({ adminUrl }: TestDatabase, namespace: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    await client.query(`
      CREATE FUNCTION public.fail_events() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
          IF NEW.data->>'code' IS DISTINCT FROM 'WORKER_LOST' AND EXISTS (
            SELECT FROM deployments.deployments WHERE id = NEW.deployment_id AND namespace = '${namespace}') THEN
            RAISE EXCEPTION 'poison';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER fail_events BEFORE INSERT ON deployments.progress_events
        FOR EACH ROW EXECUTE FUNCTION public.fail_events();`);
  });
}

/** A namespace's deployments are stored with an envelope that does not open. */
async function spoilDesired({ adminUrl }: TestDatabase, namespace: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    await client.query(`
      CREATE FUNCTION public.spoil() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.namespace = '${namespace}' THEN
            NEW.desired = overlay(NEW.desired placing 'AAAA' from length(NEW.desired) - 8);
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER spoil BEFORE INSERT ON deployments.deployments FOR EACH ROW EXECUTE FUNCTION public.spoil();`);
  });
}
