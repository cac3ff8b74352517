import { describe, expect, it } from '@jest/globals';
import type { PlanData, ProgressEventData } from '@ushadow/contracts';
import { exitCodeOf } from '../gateway/exit-code.ts';
import { LiveOutput } from './live-output.ts';
import { describePlan } from './print-plan.ts';
import { table } from './table.ts';
import { visibleText } from './visible-text.ts';

const plain = (_style: string, text: string): string => text;

const plan: PlanData = {
  plan_id: '00000000-0000-4000-8000-000000000001',
  cluster_id: '0123456789abcdef',
  namespace: 'shop',
  service_id: 'shop:web',
  service_name: 'web',
  hash: 'abcdef0123456789',
  applicable: false,
  counts: { create: 0, update: 1, recreate: 0, delete: 1, unchanged: 1 },
  objects: [
    {
      object: 'ConfigMap/shop/web-config',
      action: 'update',
      changes: [{ path: 'data.GREETING', change: 'changed', before: '"a"', after: '"b\u001b[2J"' }],
      conflicts: [{ field: '.data.GREETING', manager: 'kubectl' }],
      verified: true,
      unverified_reason: null,
      warnings: [],
    },
    {
      object: 'Secret/shop/web-secrets',
      action: 'unchanged',
      changes: [],
      conflicts: [],
      verified: true,
      unverified_reason: null,
      warnings: [],
    },
    {
      object: 'Ingress/shop/web',
      action: 'delete',
      changes: [],
      conflicts: [],
      verified: true,
      unverified_reason: null,
      warnings: [],
    },
  ],
  new_namespaces: [],
  problems: [
    { code: 'FIELD_CONFLICT', message: 'conflict with kubectl', object: null, field: null, remedy: 'take over' },
  ],
  warnings: [],
  conflicts: [],
  missing_permissions: [{ verb: 'create', group: '', resource: 'pods', namespace: 'shop' }],
  role_yaml: 'kind: Role\n',
  options: {
    deadline_seconds: 300,
    stall_seconds: 240,
    take_over: false,
    recreate: 'jobs',
    rollback: true,
    prune: true,
    delete_claims: [],
  },
  diagnostics: [],
  actor: 'operator',
  created_at: '2026-01-01T00:00:00.000Z',
  expires_at: '2026-01-01T01:00:00.000Z',
  replaces: null,
};

describe('what the command line shows', () => {
  it('a plan: each object with its fields, whose they are, and what stands in the way', () => {
    expect(describePlan(plan, plain)).toBe(`~ ConfigMap/shop/web-config
    data.GREETING: "a" → "b�[2J"
    .data.GREETING belongs to kubectl
  Secret/shop/web-secrets
- Ingress/shop/web
problem FIELD_CONFLICT: conflict with kubectl
  take over
missing permissions:
  create pods in shop

kind: Role

0 to create, 1 to update, 0 to recreate, 1 to delete, 1 unchanged
plan 00000000-0000-4000-8000-000000000001 cannot be applied
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

  it('a block that is drawn over itself while a deployment runs', () => {
    let screen = '';
    const output = new LiveOutput({ print: (text) => (screen += text) }, plain);
    const event = (type: string, message: string, data: object): ProgressEventData => ({
      deployment_id: plan.plan_id,
      sequence: 1,
      attempt: 1,
      time: plan.created_at,
      type,
      message,
      data: { ...data },
    });
    output.progress(event('stage.started', 'Applying', { stage: 'apply' }));
    output.progress(event('object.applied', 'Secret/shop/s: created', { object: {} }));
    const cause = { cause: { id: 'c1' } };
    output.progress(event('cause.raised', 'Deployment/shop/web: crash loop', cause));
    output.progress(event('cause.cleared', 'Deployment/shop/web: has cleared', { id: 'c1' }));
    const frames = screen.split('\u001b[J').map((frame) => frame.replaceAll('\u001b[K', ''));
    expect(frames).toEqual([
      'Applying\n',
      '\u001b[1AApplying\n  Secret/shop/s  created\n',
      '\u001b[2AApplying\n  Secret/shop/s  created\n  Deployment/shop/web: crash loop\n',
      '\u001b[3AApplying\n  Secret/shop/s  created\n',
      '',
    ]);
  });
});
