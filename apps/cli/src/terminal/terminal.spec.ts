import { describe, expect, it } from '@jest/globals';
import type { ProgressEventData } from '@ushadow/contracts';
import { exitCodeOf } from '../gateway/exit-code.ts';
import { deployment, event, plan, planned, stack, succeeded } from '../testing/samples.ts';
import { ageText } from './fact-text.ts';
import { LiveOutput } from './live-output.ts';
import { describePlan } from './print-plan.ts';
import { ServiceStates } from './service-states.ts';
import { table } from './table.ts';
import { visibleText } from './terminal-text.ts';

const plain = (_style: string, text: string): string => text;

const broken = plan({
  applicable: false,
  counts: { create: 0, update: 1, recreate: 0, delete: 1, unchanged: 1 },
  objects: [
    {
      ...planned('ConfigMap/shop/web-config', 'update', ['web']),
      changes: [{ path: 'data.GREETING', change: 'changed', before: '"a"', after: '"b\u001b[2J"' }],
      conflicts: [{ field: '.data.GREETING', manager: 'kubectl' }],
    },
    { ...planned('Secret/shop/web-secrets', 'unchanged', ['web']), adopts: true },
    planned('Ingress/shop/web', 'delete'),
  ],
  problems: [
    {
      ...{ code: 'FIELD_CONFLICT', message: 'conflict with kubectl', object: null, field: null, remedy: 'take over' },
      source: { path: '/services/web', file: 'compose.yaml', line: 3 },
    },
  ],
  missing_permissions: [{ verb: 'create', group: '', resource: 'pods', namespace: 'shop' }],
  role_yaml: 'kind: Role\n',
});

const object = (kind: string, name: string) => ({ kind, namespace: 'shop', name });
const reported = (...events: readonly ProgressEventData[]): ServiceStates => {
  const states = new ServiceStates(['web', 'web-admin', 'db'], new Map([['Secret/shop/keys', ['web', 'db', 'other']]]));
  for (const each of events) states.take(each);
  return states;
};
const rowOf = (states: ServiceStates, service: string) => states.rows.find((row) => row.service === service);

describe('what the command line shows', () => {
  it('a plan: the level of Pod Security that pods need, where the namespace refuses or warns', () => {
    const level = (name: string, enforced: 'baseline' | null, warned: 'restricted' | null) =>
      ({ object: `Deployment/shop/${name}`, needs: 'baseline', enforced, warned }) as const;
    const reported = plan({
      pod_security: [
        level('fits', 'baseline', null),
        level('warned', 'baseline', 'restricted'),
        { ...level('refused', 'baseline', 'restricted'), needs: 'privileged' },
      ],
    });
    expect(
      describePlan(reported, plain)
        .split('\n')
        .filter((line) => line.startsWith('pod security')),
    ).toEqual([
      'pod security: Deployment/shop/warned needs the level "baseline"; its namespace warns beyond "restricted"',
      'pod security: Deployment/shop/refused needs the level "privileged"; its namespace enforces "baseline"',
    ]);
  });

  it('a plan: each object with its fields, whose they are, and what stands in the way', () => {
    expect(describePlan(broken, plain)).toBe(`shop (web, db) in shop
~ ConfigMap/shop/web-config
    data.GREETING: "a" → "b�[2J"
    .data.GREETING belongs to kubectl
  Secret/shop/web-secrets (adopted)
- Ingress/shop/web
problem FIELD_CONFLICT: conflict with kubectl (compose.yaml:3)
  take over
missing permissions:
  create pods in shop

kind: Role

0 to create, 1 to update, 0 to recreate, 1 to delete, 1 unchanged
plan 00000000-0000-4000-8000-00000000000c cannot be applied
`);
  });

  it('exit codes by verdict', () => {
    const codes = (['succeeded', 'failed', 'unknown', 'cancelled', 'superseded', 'deploying'] as const).map((status) =>
      exitCodeOf({ status }),
    );
    expect(codes).toEqual([0, 1, 3, 4, 4, 0]);
  });

  it('tables in columns', () => {
    expect(
      table(
        ['A', 'LONG'],
        [
          ['first', 'x'],
          ['b', ''],
        ],
      ),
    ).toBe('A      LONG\nfirst  x\nb\n');
  });

  it('nothing of a cluster that a terminal would obey', () => {
    expect(visibleText('a\u001b]0;title\u0007b\r\u009bc\n')).toBe('a�]0;title�b��c\n');
  });

  it('services by their objects: the plan’s word first, else the longest name that fits', () => {
    const states = reported(
      event('object.planned', 'Deployment/shop/db: create', { object: object('Deployment', 'db') }),
      event('object.applied', 'Secret/shop/keys: created', { object: object('Secret', 'keys'), outcome: 'created' }),
      event('object.status', 'Deployment/shop/web-admin: 1 of 2 pods are available', {
        ...{ object: object('Deployment', 'web-admin'), state: 'progressing' },
      }),
      event('object.applied', 'NetworkPolicy/shop/all: created', { object: object('NetworkPolicy', 'all') }),
    );
    expect(states.rows).toEqual([
      { service: 'web', state: 'applied', ready: '', message: 'created' },
      { service: 'web-admin', state: 'progressing', ready: '1/2', message: '1 of 2 pods are available' },
      { service: 'db', state: 'applied', ready: '', message: 'created' },
      { service: '(shared)', state: 'applied', ready: '', message: 'created' },
    ]);
  });

  it('a service is as bad as the worst of what runs it; what stands in its way is told until it clears', () => {
    const web = object('Deployment', 'web');
    const cause = { id: 'c', code: 'CRASH_LOOP', message: 'it crashes', object: object('Pod', 'web-5d8f-x') };
    const events = [
      event('object.status', 'ConfigMap/shop/web-config: the object exists', {
        ...{ object: object('ConfigMap', 'web-config'), state: 'ready' },
      }),
      event('object.status', 'Deployment/shop/web: 0 of 1 pods are available', { object: web, state: 'progressing' }),
      event('cause.raised', 'Pod/shop/web-5d8f-x: it crashes', { cause: { ...cause, severity: 'pending' } }),
    ];
    expect(rowOf(reported(...events), 'web')).toEqual({
      ...{ service: 'web', state: 'progressing', ready: '0/1', message: 'CRASH_LOOP it crashes' },
    });
    const final = event('cause.raised', '', { cause: { ...cause, severity: 'final' } });
    expect(rowOf(reported(...events, final), 'web')).toMatchObject({ state: 'failed' });
    const cleared = event('cause.cleared', '', { id: 'c', code: 'CRASH_LOOP', object: cause.object });
    const ready = event('object.status', 'Deployment/shop/web: 1 of 1 pods are available', {
      object: web,
      state: 'ready',
    });
    expect(rowOf(reported(...events, cleared, ready), 'web')).toMatchObject({ state: 'ready', ready: '1/1' });
  });

  it.each([[{}], [{ object: null }], [{ object: { kind: 'x' } }], [{ object: 'x' }], [{ cause: 1 }], [{ id: {} }]])(
    'no harm by an event of another form: %j',
    (data) => {
      const types = ['object.status', 'object.applied', 'cause.raised', 'cause.cleared', 'nonsense'];
      const states = reported(...types.map((type) => event(type, 'x\u001b[2J', data)));
      expect(states.rows.filter(({ state }) => state !== 'waiting')).toEqual([]);
    },
  );

  it('a table that is drawn over itself while a deployment runs, then the outcome below it', () => {
    let screen = '';
    const output = new LiveOutput({ print: (text) => (screen += text) }, plain, new ServiceStates(['web']));
    output.begin(deployment());
    output.progress(event('stage.started', 'Applying', { stage: 'apply' }));
    output.progress(
      event('object.status', 'Deployment/shop/web: 0 of 1 pods\u001b[2J', {
        ...{ object: object('Deployment', 'web'), state: 'progressing' },
      }),
    );
    output.lost();
    output.end(succeeded, stack());
    const frames = screen.split('\u001b[J').map((frame) => frame.replaceAll('\u001b[K', ''));
    expect(frames).toEqual([
      expect.stringMatching(/^Deployment .* ends it\.\nWaiting for a worker\n {2}web {2}waiting\n$/),
      '\u001b[2AApplying\n  web  waiting\n',
      '\u001b[2AApplying\n  web  progressing  0/1  0 of 1 pods�[2J\n',
      '\u001b[2AApplying\n  web  progressing  0/1  0 of 1 pods�[2J\nThe connection is lost; trying again.\n',
      '\u001b[3AApplying\n  web  progressing  0/1  0 of 1 pods�[2J\n',
      expect.stringMatching(/revision 3: succeeded\nSERVICE .*\nweb +succeeded +http:\/\/shop\.example\n/),
    ]);
  });

  it('as many services as the terminal has room for, those that are done counted', () => {
    let screen = '';
    const states = new ServiceStates(['a', 'b', 'c', 'd']);
    const context = { print: (text: string) => (screen = text), size: () => ({ columns: 20, rows: 6 }) };
    const output = new LiveOutput(context, plain, states);
    for (const name of ['a', 'b'])
      output.progress(
        event('object.status', `Deployment/shop/${name}: 1 of 1 pods are available`, {
          ...{ object: object('Deployment', name), state: 'ready' },
        }),
      );
    const shown = ['Waiting for a worke', '  c  waiting', '  d  waiting', '  and 2 ready'];
    const lines = screen.slice(screen.indexOf('A') + 1).split('\u001b[K\n');
    expect(lines).toEqual([...shown, '\u001b[J']);
  });

  it('ages', () => {
    const now = Date.parse('2026-01-03T00:00:00.000Z');
    const ages = ['2026-01-03T00:00:01Z', '2026-01-02T23:59:15Z', '2026-01-02T23:00:01Z', '2026-01-02T20:00:00Z'];
    expect([...ages, '2026-01-01T00:00:00Z'].map((time) => ageText(time, now))).toEqual([
      ...['0 s', '45 s', '59 min', '4 h', '2 d'],
    ]);
  });
});
