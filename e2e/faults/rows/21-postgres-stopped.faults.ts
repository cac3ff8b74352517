import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operations } from '@ushadow/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { Bench } from '../support/bench.ts';
import { checkProperties } from '../support/check-properties.ts';
import { nextGreeting, rollback, update } from '../support/kill-scenarios.ts';
import { OwnPostgres } from '../support/own-servers.ts';
import { recorded } from '../support/record.ts';
import { StoppedBackends, type Catch } from '../support/stopped-backends.ts';
import { until } from '../support/until.ts';

/** Longer than any time-out on either side. */
const STOPPED_MS = 31_000;
/** After the sessions go on. */
const AGAIN_MS = 30_000;

const AUDIT = 'LOCK TABLE deployments.audit_trail IN SHARE MODE';
const DEPLOYMENTS = 'SELECT FROM deployments.deployments FOR UPDATE';
const OUTBOX = 'LOCK TABLE deployments.outbox IN SHARE MODE';

/** Once a deployment is under way, its worker comes to each of these. */
const underWay: Readonly<Record<string, string>> = {
  'the renewal of a lease, or its events': DEPLOYMENTS,
  'a verdict': AUDIT,
  'the outbox': OUTBOX,
};

describe('row 21: sessions of Postgres stopped inside a transaction', () => {
  let postgres: OwnPostgres;
  let backends: StoppedBackends;
  let bench: Bench;

  beforeAll(async () => {
    postgres = await OwnPostgres.start();
    backends = new StoppedBackends(postgres.database.adminUrl);
    bench = await Bench.start({ testFile: import.meta.url, database: postgres.database });
  });
  afterAll(async () => {
    backends.wake();
    await bench.stop();
    await postgres.remove();
  });

  /** Until nothing on either side waits for the stopped sessions any more; then these go on. */
  async function stayStopped(): Promise<void> {
    await delay(STOPPED_MS);
    backends.wake();
  }

  const deployer = (lock: string): Catch => ({ lock, application: 'deployer-service' });
  const play = (title: string, violations: () => Promise<string[]>) =>
    recorded({ row: 21, title: `Postgres stopped in ${title}` }, async () => ({
      cases: 1,
      violations: await violations(),
    }));

  it('in the request for a deployment: what is accepted is there and ends, and no request is stored twice', async () => {
    const violations = await play('a request', async () => {
      const run = await update.prepare(bench);
      let accepted: Promise<string> | undefined;
      await backends.stopAt(deployer(AUDIT), () => {
        accepted = run.deploy();
        accepted.catch(() => undefined);
      });
      await stayStopped();
      const id = await (accepted ?? Promise.reject(new Error('not asked for')));
      const verdict = run.verdict(await bench.ended(id, 2 * AGAIN_MS));
      return [...(verdict === undefined ? [] : [verdict]), ...(await checkProperties(bench))];
    });
    expect(violations).toEqual([]);
  });

  it.each(Object.keys(underWay))('in %s: one verdict, no event and no message lost or doubled', async (where) => {
    const violations = await play(where, async () => {
      const run = await rollback.prepare(bench);
      const id = await run.deploy();
      await backends.stopAt(deployer(underWay[where] ?? OUTBOX), () => undefined);
      await stayStopped();
      const verdict = run.verdict(await bench.ended(id, 2 * AGAIN_MS));
      return [...(verdict === undefined ? [] : [verdict]), ...(await checkProperties(bench))];
    });
    expect(violations).toEqual([]);
  });

  it('wherever they stand, all of them: everything goes on', async () => {
    const violations = await play('all sessions', async () => {
      const run = await update.prepare(bench);
      const id = await run.deploy();
      await backends.stopAll();
      await stayStopped();
      const verdict = run.verdict(await bench.ended(id, 2 * AGAIN_MS));
      return [...(verdict === undefined ? [] : [verdict]), ...(await checkProperties(bench))];
    });
    expect(violations).toEqual([]);
  });

  it('in a pull secret or an upload: what was acknowledged is there, and the next one is not held up', async () => {
    const violations = await play('another service', async () => [
      ...(await struckTwice(
        { lock: 'LOCK TABLE clusters.pull_secrets IN SHARE MODE', application: 'cluster-service' },
        setPullSecret,
        isPullSecretThere,
      )),
      ...(await struckTwice(
        { lock: 'LOCK TABLE catalog.uploads IN SHARE MODE', application: 'compiler-service' },
        upload,
        isUploadThere,
      )),
    ]);
    expect(violations).toEqual([]);
  });

  /** A change that is caught by the stop, and another one of the same kind that begins while it lasts. */
  async function struckTwice(
    where: Catch,
    change: (name: string) => Promise<unknown>,
    isThere: (name: string) => Promise<boolean>,
  ): Promise<string[]> {
    const acknowledged = new Set<string>();
    const asked = (name: string): Promise<unknown> =>
      change(name).then(
        () => acknowledged.add(name),
        () => undefined,
      );
    const names = [nextName(), nextName(), nextName()] as const;
    const under: Promise<unknown>[] = [];
    await backends.stopAt(where, () => void under.push(asked(names[0])));
    under.push(asked(names[1]));
    await stayStopped();
    await Promise.all(under);
    await until(
      'a change that goes through again',
      async () => {
        await asked(names[2]);
        return acknowledged.has(names[2]) ? true : undefined;
      },
      AGAIN_MS,
    );
    const lost = await Promise.all([...acknowledged].map(async (name) => ((await isThere(name)) ? [] : [name])));
    return lost.flat().map((name) => `${name} was acknowledged and is not there`);
  }

  const context = { requestId: 'row 21', actor: 'fault-test' };
  let number = 0;
  const nextName = (): string => `row-21-${String(++number)}`;

  const setPullSecret = (name: string): Promise<unknown> =>
    bench.caller.call(
      operations.setPullSecret,
      { cluster_id: bench.clusterId, registry: `${name}.example`, username: 'u', password: bench.app.canary },
      context,
    );
  const isPullSecretThere = async (name: string): Promise<boolean> => {
    const { pull_secrets: all } = await bench.caller.call(
      operations.listPullSecrets,
      { cluster_id: bench.clusterId },
      context,
    );
    return all.some(({ registry }) => registry === `${name}.example`);
  };
  const upload = (name: string): Promise<unknown> => {
    const compose = `services: { web: { image: 'nginx:1.27', labels: { note: ${nextGreeting()} } } }`;
    const files = [{ path: 'compose.yaml', content: Buffer.from(compose).toString('base64') }];
    return bench.caller.call(operations.uploadProject, { name, files }, context);
  };
  const isUploadThere = async (name: string): Promise<boolean> => {
    const { uploads } = await bench.caller.call(operations.listUploads, {}, context);
    return uploads.some((each) => each.name === name);
  };
});
