import { describe, expect, it } from '@jest/globals';
import { KubernetesApiError, objectId, owned } from '@ushadow/kubernetes';
import { FakeCluster } from '../../test/fake-cluster.ts';
import { runFake } from '../../test/run-fake.ts';
import { configMap, namespace } from '../../test/workloads.ts';

const owner = { installation: 'here', stack: 's-1', project: 'web', namespace };
const [kept, old] = [configMap('kept'), configMap('old')];

describe('what was to be pruned and is still there', () => {
  it('is reported with the reason, and stays ours where the server refuses its deletion', async () => {
    const cluster = new FakeCluster();
    const { inventory } = (await runFake([kept, old], cluster, { owner })).result;
    cluster.fault = (moment, operation) => {
      if (moment === 'before' && operation.startsWith('delete'))
        throw new KubernetesApiError({ httpStatus: 403, reason: 'Forbidden', message: 'no' });
    };
    const { result } = await runFake([kept], cluster, { owner, inventory });
    expect(result).toMatchObject({
      verdict: 'succeeded',
      unpruned: [{ object: objectId(old), failure: { code: 'PERMISSION_DENIED' } }],
    });
    expect(result.inventory).toHaveLength(2);
  });

  it('is reported, and ours no more, where it has become somebody else’s', async () => {
    const cluster = new FakeCluster();
    const { inventory } = (await runFake([kept, old], cluster, { owner })).result;
    cluster.set(owned(old, { ...owner, stack: 's-2', project: 'notes' }));
    const { result } = await runFake([kept], cluster, { owner, inventory });
    expect(result).toMatchObject({ verdict: 'succeeded', unpruned: [{ failure: { code: 'NAME_TAKEN' } }] });
    expect(result.inventory).toHaveLength(1);
  });

  it('is not spoken of where all has gone', async () => {
    const cluster = new FakeCluster();
    const { inventory } = (await runFake([kept, old], cluster, { owner })).result;
    const { result } = await runFake([kept], cluster, { owner, inventory });
    expect(result).not.toHaveProperty('unpruned');
  });
});
