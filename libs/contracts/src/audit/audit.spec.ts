import { describe, expect, it } from '@jest/globals';
import type { Operation } from '../define-operation.ts';
import { allByteStreams, internalOperations, publicOperations } from '../registry.ts';
import { auditActions } from './actions.ts';

const all = Object.values(publicOperations as unknown as Readonly<Record<string, Operation>>);
const internal = Object.values(internalOperations as unknown as Readonly<Record<string, Operation>>);

/** What is no GET and leaves nothing in the audit all the same, and why. */
const changesNothing: Readonly<Record<string, string>> = {
  'check-cluster': 'looks at a cluster again; its status is what was seen',
  'inspect-kubeconfig': 'reads what it is given',
  'project-variables': 'reads; a request body is for what a query does not hold',
  'preview-service': 'compiles, and stores nothing',
  'plan-stack': 'says what would be done; it is the deployment of a plan that is audited',
  'scan-infra': 'looks at a cluster again; what is kept is what was seen',
  'scan-namespaces': 'looks at a cluster again; what is kept is what was seen',
};

describe('what changes something', () => {
  it('has an entry in the audit, whoever may ask for it', () => {
    const silent = all.filter(({ audit, http }) => audit === 'none' && http?.method !== 'GET').map(({ name }) => name);
    expect(silent.sort()).toEqual(Object.keys(changesNothing).sort());
  });

  it('is never asked for by a GET, and always by what puts, patches or deletes', () => {
    for (const { audit, http } of all) {
      if (http?.method === 'GET') expect(audit).toBe('none');
      if (['PUT', 'PATCH', 'DELETE'].includes(http?.method ?? '')) expect(audit).not.toBe('none');
    }
  });

  it('is asked of a service by a person alone: what services ask each other changes nothing', () => {
    for (const { audit } of internal) expect(audit).toBe('none');
  });

  it('has no action in the audit that nothing leads to', () => {
    const byThemselves = [
      ...['deployment.finished', 'deployment.settled', 'deployment.supersede-requested'],
      // When the stream that started it ends.
      ...['command.ended', 'port-forward.ended'],
      // By commands of the operator.
      ...['keys.rotated', 'audit.exported', 'audit.trimmed'],
    ];
    const opened = Object.values(allByteStreams).map(({ open }) => open);
    const asked = [...all, ...opened].map(({ audit }) => audit).filter((audit) => audit !== 'none');
    expect([...auditActions].sort()).toEqual([...new Set([...asked, ...byThemselves])].sort());
  });
});
