import { clusterTarget } from '@ushadow/contracts';
import { describe, expect, it } from '@jest/globals';
import { defaultOptions } from '../deployments/deploy-options.ts';
import type { Deployment } from '../deployments/deployment.ts';
import { currentRevision, isBad, isOffered, passedOver, passedOverText, revisionToRestore } from './revisions.ts';

const time = new Date(0);

function revision(number: number, rest: Partial<Deployment> = {}): Deployment {
  const status = rest.status ?? 'succeeded';
  return {
    ...defaultOptions,
    ...{
      stackId: 's',
      target: clusterTarget('c'),
      namespace: 'n',
      project: 'p',
      services: ['web'],
      kind: 'deploy',
      basedOn: null,
    },
    deleteNamespace: false,
    ...{ id: `id-${String(number)}`, revision: number, status, verdict: null, ending: null, objects: [] },
    ...{ desiredDigest: `d${String(number)}`, beforeDigest: null, planId: null, planHash: null, note: null, tags: [] },
    afterDigest: status === 'succeeded' ? `d${String(number)}` : null,
    ...{ undone: false, actor: 'a', requestId: 'r', attempt: 1, losses: 0, lastSequence: 0 },
    ...{ createdAt: time, startedAt: time, finishedAt: time, thinnedAt: null },
    ...rest,
  };
}

describe('the current revision', () => {
  it('is the newest that succeeded, also while another one is under way', async () => {
    const [one, two] = [revision(1), revision(2)];
    expect(await currentRevision([revision(3, { status: 'deploying', afterDigest: null }), two, one])).toBe(two);
    expect(await currentRevision([])).toBeUndefined();
  });

  it('is still the one before a failure that was rolled back, or that wrote nothing', async () => {
    const two = revision(2);
    expect(await currentRevision([revision(3, { status: 'failed', afterDigest: 'd2' }), two])).toBe(two);
    expect(await currentRevision([revision(3, { status: 'cancelled', startedAt: null }), two])).toBe(two);
  });

  it('is none after a failure that has left a mixture', async () => {
    expect(await currentRevision([revision(3, { status: 'failed' }), revision(2)])).toBeUndefined();
  });
});

describe('the revision to go back to', () => {
  it('is the newest good one before the current', async () => {
    const one = revision(1);
    expect(await revisionToRestore([revision(2), one])).toBe(one);
    expect(await revisionToRestore([one])).toBeUndefined();
  });

  it('is the last good one itself where the newest has left a mixture', async () => {
    const two = revision(2);
    expect(await revisionToRestore([revision(3, { status: 'failed' }), two, revision(1)])).toBe(two);
  });

  it('passes over bad ones, stopped and removed ones, and those with the current content', async () => {
    const one = revision(1);
    const others = [
      revision(7),
      revision(6, { afterDigest: 'd7' }),
      revision(5, { undone: true }),
      revision(4, { kind: 'remove' }),
      revision(3, { kind: 'stop' }),
      revision(2, { status: 'failed', afterDigest: 'd1' }),
    ];
    expect(await revisionToRestore([...others, one])).toBe(one);
    expect(others.map((each) => isOffered(each, others[0]))).toEqual(others.map(() => false));
    expect(others.filter(isBad).map(({ revision: number }) => number)).toEqual([5, 2]);
  });

  it('is never one of which only the history is left', async () => {
    const one = revision(1);
    expect(await revisionToRestore([revision(3), revision(2, { thinnedAt: time }), one])).toBe(one);
    expect(await revisionToRestore([revision(3), revision(2, { thinnedAt: time })])).toBeUndefined();
  });

  it('says which ones it is not for that reason', async () => {
    const thinned = { thinnedAt: time };
    const [five, four, three, two, one] = [
      revision(5),
      revision(4, thinned),
      revision(3, { ...thinned, undone: true }),
      revision(2, thinned),
      revision(1),
    ];
    const all = [revision(6, { status: 'deploying', afterDigest: null }), five, four, three, two, one];
    expect(await passedOver(all, one)).toEqual([four, two]);
    expect(passedOverText([four, two])).toBe(
      'Revisions 4 and 1 before it were passed over: older than is kept, only the history is left.',
    );
    expect(passedOverText([four])).toContain('Revision 4 was passed over');
    expect(passedOverText(await passedOver([five, one], one))).toBeUndefined();
  });

  it('is not missed for a plan that was stale: nothing of it was tried', async () => {
    const verdict = { status: 'failed', code: 'PLAN_STALE', reason: null, object: null, remedy: null } as const;
    const stale = revision(3, { status: 'failed', verdict, undone: true, afterDigest: 'd2' });
    const [two, one] = [revision(2), revision(1)];
    expect(isBad(stale)).toBe(false);
    expect(isOffered(stale, two)).toBe(false);
    expect(await revisionToRestore([stale, two, one])).toBe(one);
  });

  it('of one deployment is the last good one before it, whatever is current', async () => {
    const two = revision(2);
    expect(await revisionToRestore([revision(4), revision(3), two, revision(1)], 3)).toBe(two);
  });

  it('of one deployment is the last good one before it also where only its history is left: no older one stands for it', async () => {
    const two = revision(2, { thinnedAt: time });
    expect(await revisionToRestore([revision(4), revision(3), two, revision(1)], 3)).toBe(two);
  });

  it('is looked for no further back than it lies', async () => {
    let read = 0;
    function* endless(): Generator<Deployment> {
      for (let number = 2_000; ; number -= 1) {
        read += 1;
        yield revision(number, number === 1_000 ? {} : { status: 'cancelled', startedAt: null });
      }
    }
    expect(await currentRevision(endless())).toMatchObject({ revision: 1_000 });
    expect(read).toBe(1_001);
  });
});
