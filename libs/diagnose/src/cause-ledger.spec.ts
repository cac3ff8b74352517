import { describe, expect, it } from '@jest/globals';
import { objectId } from '@ushadow/kubernetes';
import type { ObservedPod } from '../test/diagnosis.ts';
import { condition, find, restarted, running, waiting, workload } from '../test/diagnosis.ts';
import { CauseLedger } from './cause-ledger.ts';

const object = objectId(workload);
const see = (ledger: CauseLedger, observed: ObservedPod, now: number): ReturnType<CauseLedger['update']> =>
  ledger.update(
    find(observed).map((finding) => ({ object, finding })),
    now,
  );
const [pull, backOff] = [waiting('ErrImagePull', 'not found'), waiting('ImagePullBackOff', 'Back-off pulling image')];

describe('the ledger of causes', () => {
  it('needs time and a second sighting before a missing image is final', () => {
    const ledger = new CauseLedger();
    expect(see(ledger, { status: pull }, 0).raised[0]?.severity).toBe('pending');
    expect(see(ledger, { status: pull }, 30_000).raised).toEqual([]);
    expect(see(ledger, { status: backOff }, 31_000).raised[0]?.severity).toBe('final');
  });

  it('does not count the same status read twice', () => {
    const ledger = new CauseLedger();
    see(ledger, { status: pull }, 0);
    see(ledger, { status: pull }, 1);
    expect(ledger.causes(1)[0]?.observations).toBe(1);
  });

  it('does not forget that the image was not found when the kubelet only says that it backs off', () => {
    const ledger = new CauseLedger();
    see(ledger, { status: pull }, 0);
    see(ledger, { status: backOff }, 5_000);
    expect(ledger.causes(5_000).map(({ code }) => code)).toEqual(['IMAGE_NOT_FOUND']);
  });

  it('clears what is no longer seen', () => {
    const ledger = new CauseLedger();
    see(ledger, { status: pull }, 0);
    expect(see(ledger, {}, 1).cleared.map(({ code }) => code)).toEqual(['IMAGE_NOT_FOUND']);
    expect(ledger.causes(1)).toEqual([]);
  });

  it('knows when time alone will make a cause final', () => {
    const ledger = new CauseLedger();
    see(ledger, { status: condition('PodScheduled', 'Unschedulable', 'no') }, 1_000);
    expect(ledger.nextChangeAt(1_000)).toBe(16_000);
    expect(ledger.causes(16_000)[0]?.severity).toBe('final');
  });

  it('is silent about what every start looks like, raises it when it lasts, and never clears what it never raised', () => {
    const ledger = new CauseLedger();
    expect(see(ledger, { status: running() }, 0).raised).toEqual([]);
    expect(ledger.causes(0)).toEqual([]);
    expect(ledger.nextChangeAt(0)).toBe(35_000);
    expect(see(ledger, { status: running() }, 35_000).raised.map(({ code }) => code)).toEqual([
      'PROBE_READINESS_FAILED',
    ]);
    const brief = new CauseLedger();
    see(brief, { status: running() }, 0);
    expect(see(brief, { status: running({ ready: true }) }, 1_000)).toEqual({ raised: [], cleared: [] });
  });

  it('is final when a container has ended three times, and not while it runs again', () => {
    const ledger = new CauseLedger();
    const ended = { lastState: { terminated: { exitCode: 1, reason: 'Error' } } };
    expect(see(ledger, { status: restarted(1, 'Error', 1) }, 0).raised[0]?.severity).toBe('pending');
    expect(see(ledger, { status: running({ ...ended, restartCount: 2 }) }, 1).raised).toEqual([]);
    expect(see(ledger, { status: restarted(1, 'Error', 2) }, 2).raised[0]?.severity).toBe('final');
  });

  it('begins to count anew when another trouble takes the place', () => {
    const ledger = new CauseLedger();
    see(ledger, { status: waiting('ErrImagePull', 'no such host') }, 0);
    expect(see(ledger, { status: pull }, 60_000).raised[0]).toMatchObject({
      code: 'IMAGE_NOT_FOUND',
      severity: 'pending',
      observations: 1,
    });
    expect(ledger.causes(60_000)).toHaveLength(1);
  });
});
