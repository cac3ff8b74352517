import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operations } from '@ushadow/contracts';
import { testCluster, type ApiFault } from '@ushadow/testing';
import { Bench } from '../support/bench.ts';
import { checkProperties } from '../support/check-properties.ts';
import { isDeployers } from '../support/kill-matrix.ts';
import { recorded, type Outcome } from '../support/record.ts';
import { ShortLivedAccount, withToken } from '../support/short-lived-account.ts';

describe('row 14: a token that ends in the middle of a deployment', () => {
  let account: ShortLivedAccount;
  let bench: Bench;
  beforeAll(async () => {
    account = await ShortLivedAccount.create(await testCluster());
    bench = await Bench.start({ testFile: import.meta.url });
  });
  afterAll(async () => {
    await bench.stop();
    await account.remove();
  });

  const replaceCredential = (token: string): Promise<unknown> =>
    bench.caller.call(
      operations.replaceCredential,
      {
        cluster_id: bench.clusterId,
        kubeconfig: Buffer.from(withToken(bench.api.kubeconfig, token)).toString('base64'),
      },
      { requestId: 'replace', actor: 'fault-test' },
    );

  /** Ends the token while the first write of an update is held back; then does what is given. */
  const updateWithEndingToken = async (then: () => Promise<void>) => {
    const first = await account.token();
    await replaceCredential(first.token);
    const namespace = bench.newNamespace();
    await bench.succeed({ greeting: 'before' }, { namespace });
    let isHeld = false;
    bench.api.setRule((call): ApiFault | undefined => {
      if (!isDeployers(call) || !call.isWrite || isHeld) return undefined;
      isHeld = true;
      const end = async (): Promise<undefined> => {
        await first.end();
        await then();
      };
      return { kind: 'call-back', moment: 'before', run: end };
    });
    const row = await bench.ended(await bench.deploy({ greeting: 'after' }, { namespace }), 90_000);
    bench.api.setRule(undefined);
    return row;
  };

  it('ends as unknown with CLUSTER_UNAUTHORIZED; after a renewal the next deployment settles it', async () => {
    const play = async (): Promise<Outcome> => {
      const row = await updateWithEndingToken(() => Promise.resolve());
      const isReported = row.status === 'unknown' && row.verdict?.code === 'CLUSTER_UNAUTHORIZED';
      const violations = isReported ? [] : [`verdict ${JSON.stringify(row.verdict)}`];
      violations.push(...(await checkProperties(bench, { unsettled: [row.namespace] })));
      await replaceCredential((await account.token()).token);
      await bench.succeed({ greeting: 'after' }, { namespace: row.namespace });
      return { cases: 1, violations: [...violations, ...(await checkProperties(bench))] };
    };
    expect(await recorded({ row: 14, title: 'a token that ends' }, play)).toEqual([]);
  });

  it('goes on by itself when the credential has been renewed meanwhile', async () => {
    const play = async (): Promise<Outcome> => {
      const renew = async (): Promise<void> => void (await replaceCredential((await account.token()).token));
      const row = await updateWithEndingToken(renew);
      const violations = row.status === 'succeeded' ? [] : [`verdict ${JSON.stringify(row.verdict)}`];
      return { cases: 1, violations: [...violations, ...(await checkProperties(bench))] };
    };
    expect(await recorded({ row: 14, title: 'a token that is renewed as it ends' }, play)).toEqual([]);
  });

  it('a renewal does not disturb the deployments under way', async () => {
    const play = async (): Promise<Outcome> => {
      const [one, other] = [bench.newNamespace(), bench.newNamespace()];
      const renewed = Promise.withResolvers<void>();
      let isHeld = false;
      bench.api.setRule((call): ApiFault | undefined => {
        if (!isDeployers(call) || !call.path.includes(one) || !call.isWrite || isHeld) return undefined;
        isHeld = true;
        return { kind: 'call-back', moment: 'before', run: async () => renewed.promise.then(() => undefined) };
      });
      const held = await bench.deploy({ greeting: 'held' }, { namespace: one });
      await replaceCredential((await account.token()).token);
      // Makes its worker take the new credential up.
      await Promise.all(
        [other, bench.newNamespace(), bench.newNamespace()].map(async (namespace) =>
          bench.ended(await bench.deploy({ greeting: 'held' }, { namespace })),
        ),
      );
      renewed.resolve();
      const row = await bench.ended(held);
      bench.api.setRule(undefined);
      const violations = row.status === 'succeeded' ? [] : [`verdict ${JSON.stringify(row.verdict)}`];
      const lost = (await bench.store.events(held)).filter(({ type }) => type === 'retry');
      violations.push(...lost.map(({ data }) => `a call was lost: ${JSON.stringify(data)}`));
      return { cases: 1, violations: [...violations, ...(await checkProperties(bench))] };
    };
    expect(await recorded({ row: 14, title: 'a renewal beside deployments under way' }, play)).toEqual([]);
  });
});
