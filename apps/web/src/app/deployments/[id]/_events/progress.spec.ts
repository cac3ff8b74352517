import type { ProgressEventData } from '@ushadow/contracts';
import { describe, expect, it } from '@jest/globals';
import { withEvent, type EventLog } from './event-log.ts';
import { progressOf, stageStates } from './progress.ts';

const web = { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
const cause = {
  id: 'c1',
  code: 'IMAGE_PULL',
  message: 'no such image',
  object: web,
  severity: 'pending',
  evidence: [],
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
const logOf = (...events: readonly ProgressEventData[]): EventLog => events.reduce<EventLog>(withEvent, []);

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

describe('withEvent', () => {
  it('keeps events by sequence, each once, in whatever order they come', () => {
    const [a, b, c] = story;
    if (a === undefined || b === undefined || c === undefined) throw new Error('three events are needed');
    expect(logOf(c, a, b, a, c)).toEqual([a, b, c]);
  });

  it('does not make a new log for an event it has', () => {
    const log = logOf(...story);
    expect(withEvent(log, story[2] as ProgressEventData)).toBe(log);
  });
});

describe('progressOf', () => {
  it('gives the same for a live log and for one that was cut and replayed', () => {
    const live = logOf(...story);
    const replayed = [...story.slice(0, 5), ...story].reduce<EventLog>(withEvent, []);
    expect(progressOf(replayed, [])).toEqual(progressOf(live, []));
  });

  it('tells finished stages with their time from the one that runs', () => {
    expect(progressOf(logOf(...story), []).stages.map(({ stage, ms }) => [stage, ms])).toEqual([
      ['plan', 12],
      ['apply', 40],
      ['wait', null],
    ]);
  });

  it('follows each object from plan to what was last seen', () => {
    expect(progressOf(logOf(...story), ['ConfigMap/shop/web', 'Deployment/shop/web']).objects).toEqual([
      { name: 'ConfigMap/shop/web', action: null, outcome: null, state: null, message: '' },
      {
        name: 'Deployment/shop/web',
        action: 'create',
        outcome: 'created',
        state: 'progressing',
        message: '0 of 1 ready',
      },
    ]);
  });

  it('shows a cause until it clears', () => {
    const log = logOf(...story);
    expect(progressOf(log, []).causes.map(({ code }) => code)).toEqual(['IMAGE_PULL']);
    expect(progressOf(withEvent(log, event('cause.cleared', { id: 'c1' })), []).causes).toEqual([]);
  });

  it('keeps the stages of an attempt that another worker took over', () => {
    const log = logOf(
      ...story,
      event('stage.started', { stage: 'wait' }, 2),
      event('stage.ended', { stage: 'wait', ms: 9 }, 2),
    );
    expect(progressOf(log, []).stages.filter(({ stage }) => stage === 'wait')).toMatchObject([
      { attempt: 1, ms: null },
      { attempt: 2, ms: 9 },
    ]);
  });

  it('keeps the last lines of each container', () => {
    const tail = (lines: string[]) => event('log', { object: web, container: 'web', lines });
    expect(progressOf(logOf(tail(['a']), tail(['b', 'c'])), []).logs).toEqual([
      { object: 'Deployment/shop/web', container: 'web', lines: ['b', 'c'] },
    ]);
  });

  it('has the last wish to end it: who, how and when', () => {
    const wish = (rollback: boolean) => event('ending.requested', { request: 'cancel', rollback, actor: 'operator' });
    expect(progressOf(logOf(wish(true), wish(false)), []).ending).toEqual({
      ...{ request: 'cancel', rollback: false, actor: 'operator' },
      time: '2026-01-01T00:00:00.000Z',
    });
  });

  it('does not stumble over types and data it does not know', () => {
    const log = logOf(
      event('brand.new', { x: 1 }),
      event('stage.started', { stage: 4 }),
      event('verdict', { status: 'failed' }),
    );
    expect(progressOf(log, [])).toEqual({
      ...{ stages: [], objects: [], causes: [], logs: [] },
      ...{ ending: null, verdict: 'failed' },
    });
  });
});

describe('stageStates', () => {
  const statesOf = (...events: readonly ProgressEventData[]) => stageStates(progressOf(logOf(...story, ...events), []));

  it('has the last stage running until there is a verdict', () => {
    expect(statesOf()).toEqual(['done', 'done', 'running']);
  });

  it('marks the stage that failed, not the roll-back after it', () => {
    const ended = event('stage.ended', { stage: 'wait', ms: 6000 });
    const rollback = [
      event('stage.started', { stage: 'rollback' }),
      event('stage.ended', { stage: 'rollback', ms: 9 }),
    ];
    expect(statesOf(ended, ...rollback, event('verdict', { status: 'failed' }))).toEqual([
      'done',
      'done',
      'failed',
      'done',
    ]);
  });

  it('calls a stage stopped that was left unfinished', () => {
    expect(statesOf(event('verdict', { status: 'cancelled' }))).toEqual(['done', 'done', 'stopped']);
  });
});
