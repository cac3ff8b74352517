import type { ProgressEventData } from '@ushadow/contracts';
import { describe, expect, it } from '@jest/globals';
import { Fold, type Outline } from './fold.ts';
import { outlineOf } from './outline.ts';
import { stageStates, type Progress } from './progress.ts';

const web = { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
const cause = {
  id: 'c1',
  code: 'IMAGE_PULL',
  message: 'no such image',
  object: web,
  severity: 'pending',
  evidence: [],
};
const outline: Outline = {
  services: ['web', 'db'],
  objects: new Map([
    ['ConfigMap/shop/common', ['web', 'db']],
    ['Deployment/shop/web', ['web']],
  ]),
};

let next = 0;
const event = (type: string, data: Record<string, unknown> = {}, attempt = 1): ProgressEventData => {
  next += 1;
  return {
    deployment_id: '00000000-0000-4000-8000-000000000000',
    sequence: next,
    attempt,
    time: '2026-01-01T00:00:00.000Z',
    type,
    message: type,
    data,
  };
};

const story = [
  event('stage.started', { stage: 'plan' }),
  event('object.planned', { object: web, action: 'create', changes: [], warnings: [] }),
  event('stage.ended', { stage: 'plan', ms: 12 }),
  event('stage.started', { stage: 'apply' }),
  event('object.applied', { object: web, outcome: 'created', warnings: [] }),
  event('stage.ended', { stage: 'apply', ms: 40 }),
  event('stage.started', { stage: 'wait' }),
  event('object.status', { object: web, state: 'progressing', message: '0 of 1 ready' }),
  event('cause.raised', { cause }),
];

function folded(...events: readonly ProgressEventData[]): Progress {
  const fold = new Fold(outline);
  for (const each of events) fold.take(each);
  return fold.progress;
}

describe('Fold', () => {
  it('tells finished stages with their time from the one that runs', () => {
    expect(folded(...story).stages.map(({ stage, ms }) => [stage, ms])).toEqual([
      ['plan', 12],
      ['apply', 40],
      ['wait', null],
    ]);
  });

  it('follows each object from plan to what was last seen, under the services that want it', () => {
    const { services } = folded(...story);
    expect(services.map(({ service, objects }) => [service, objects.map(({ name }) => name)])).toEqual([
      ['web', ['ConfigMap/shop/common', 'Deployment/shop/web']],
      ['db', ['ConfigMap/shop/common']],
      [null, []],
    ]);
    expect(services[0]?.objects[1]).toEqual({
      name: 'Deployment/shop/web',
      action: 'create',
      outcome: 'created',
      state: 'progressing',
      message: '0 of 1 ready',
    });
  });

  it('has what belongs to no service in a place of its own', () => {
    const object = { kind: 'Namespace', name: 'shop' };
    expect(folded(event('object.applied', { object, outcome: 'created' })).services[2]).toMatchObject({
      service: null,
      objects: [{ name: 'Namespace/shop', outcome: 'created' }],
    });
  });

  it('shows a cause until it clears', () => {
    expect(folded(...story).causes.map(({ code }) => code)).toEqual(['IMAGE_PULL']);
    expect(folded(...story, event('cause.cleared', { id: 'c1' })).causes).toEqual([]);
  });

  it('keeps the stages of an attempt that another worker took over', () => {
    const again = [event('stage.started', { stage: 'wait' }, 2), event('stage.ended', { stage: 'wait', ms: 9 }, 2)];
    expect(folded(...story, ...again).stages.filter(({ stage }) => stage === 'wait')).toMatchObject([
      { attempt: 1, ms: null },
      { attempt: 2, ms: 9 },
    ]);
  });

  it('keeps the last lines of each container', () => {
    const tail = (lines: string[]) => event('log', { object: web, container: 'web', lines });
    expect(folded(tail(['a']), tail(['b', 'c'])).logs).toEqual([
      { object: 'Deployment/shop/web', container: 'web', lines: ['b', 'c'] },
    ]);
  });

  it('has the last request to end it: who, how and when', () => {
    const request = (rollback: boolean) =>
      event('ending.requested', { request: 'cancel', rollback, actor: 'operator' });
    expect(folded(request(true), request(false)).ending).toEqual({
      ...{ request: 'cancel', rollback: false, actor: 'operator' },
      time: '2026-01-01T00:00:00.000Z',
    });
  });

  it('does not stumble over types and data it does not know', () => {
    const { stages, causes, verdict } = folded(
      event('brand.new', { x: 1 }),
      event('stage.started', { stage: 4 }),
      event('verdict', { status: 'exploded' }),
    );
    expect({ stages, causes, verdict }).toMatchObject({ stages: [], causes: [], verdict: { status: 'unknown' } });
  });
});

describe('the work of a fold, for 50 services with 20 events each', () => {
  const names = Array.from({ length: 50 }, (_, index) => `service-${String(index)}`);
  const large: Outline = {
    services: names,
    objects: new Map(names.map((name) => [`Deployment/shop/${name}`, [name]])),
  };
  let reads = 0;
  /** Counts how often the fold looks at it. */
  const counted = (service: string, turn: number): ProgressEventData => {
    const object = { kind: 'Deployment', namespace: 'shop', name: service };
    const plain = event('object.status', { object, state: 'progressing', message: `turn ${String(turn)}` });
    const { data } = plain;
    return Object.defineProperty({ ...plain }, 'data', {
      get: () => {
        reads += 1;
        return data;
      },
    });
  };
  const steps = (() => {
    const fold = new Fold(large);
    const taken: { reads: number; changed: number }[] = [];
    for (let turn = 0; turn < 20; turn += 1) {
      for (const name of names) {
        const before = fold.progress.services;
        reads = 0;
        fold.take(counted(name, turn));
        const changed = fold.progress.services.filter((service, index) => service !== before[index]).length;
        taken.push({ reads, changed });
      }
    }
    return taken;
  })();

  it('looks at an event once, and never again at those before it', () => {
    expect(steps).toHaveLength(1000);
    expect(new Set(steps.map((step) => step.reads))).toEqual(new Set([1]));
  });

  it('makes anew the entry of the service an event is about, and no other', () => {
    expect(new Set(steps.map(({ changed }) => changed))).toEqual(new Set([1]));
  });
});

describe('outlineOf', () => {
  const deployment = { services: ['web'], objects: ['Deployment/shop/web', 'ConfigMap/shop/common'] };
  const stack = { services: [{ service: 'web', objects: ['Deployment/shop/web'] }] } as never;

  it('takes the plan’s word, which knows of services that are not there yet', () => {
    const plan = { objects: [{ object: 'ConfigMap/shop/common', services: ['web', 'db'] }] } as never;
    expect([...outlineOf(deployment, plan, undefined).objects]).toEqual([
      ['Deployment/shop/web', []],
      ['ConfigMap/shop/common', ['web', 'db']],
    ]);
  });

  it('falls back on the stack', () => {
    expect(outlineOf(deployment, undefined, stack).objects.get('Deployment/shop/web')).toEqual(['web']);
  });
});

describe('stageStates', () => {
  const statesOf = (...events: readonly ProgressEventData[]) => stageStates(folded(...story, ...events));
  const verdict = (status: string) =>
    event('verdict', { status, code: null, reason: null, object: null, remedy: null });

  it('has the last stage running until there is a verdict', () => {
    expect(statesOf()).toEqual(['done', 'done', 'running']);
  });

  it('marks the stage that failed, not the roll-back after it', () => {
    const ended = event('stage.ended', { stage: 'wait', ms: 6000 });
    const rollback = [
      event('stage.started', { stage: 'rollback' }),
      event('stage.ended', { stage: 'rollback', ms: 9 }),
    ];
    expect(statesOf(ended, ...rollback, verdict('failed'))).toEqual(['done', 'done', 'failed', 'done']);
  });

  it('calls a stage stopped that was left unfinished', () => {
    expect(statesOf(verdict('cancelled'))).toEqual(['done', 'done', 'stopped']);
  });
});
