import { readFileSync } from 'node:fs';
import type { ClusterConnection, KubeObject } from '@ushadow/kubernetes';
import { parseKubeconfig } from '@ushadow/kubernetes';
import { systemClock } from '@ushadow/kubernetes/transport';
import type { ClusterPort, DeployEvent, DeployOptions, DeployResult, DesiredState } from '../../src/index.ts';
import { deploy } from '../../src/index.ts';

/** The API server that the test runner has started. */
export function testConnection(): ClusterConnection {
  const file = process.env['USHADOW_TEST_KUBECONFIG'];
  if (file === undefined) throw new Error('USHADOW_TEST_KUBECONFIG must name the kubeconfig of a test cluster');
  const result = parseKubeconfig(readFileSync(file, 'utf8'));
  if (!result.ok) throw new Error(`test kubeconfig: ${JSON.stringify(result.problems)}`);
  return result.connection;
}

export function uniqueName(prefix: string): string {
  return `${prefix}-${process.pid}-${Math.random().toString(36).slice(2, 8)}`;
}

export interface Ran {
  readonly result: DeployResult;
  readonly events: readonly DeployEvent[];
}

export async function run(
  desired: DesiredState | readonly KubeObject[],
  cluster: ClusterPort,
  options: DeployOptions = {},
): Promise<Ran> {
  const state = 'objects' in desired ? desired : { objects: desired, dependencies: [] };
  const running = deploy(state, cluster, { deadlineMs: 30_000, ...options }, { clock: systemClock });
  const events: DeployEvent[] = [];
  for (;;) {
    const step = await running.next();
    if (step.done === true) return { result: step.value, events };
    events.push(...step.value);
  }
}

export interface AuditEntry {
  readonly verb: string;
  readonly requestURI: string;
  readonly objectRef?: { readonly resource?: string; readonly name?: string; readonly namespace?: string };
  readonly responseStatus?: { readonly code?: number };
}

/** What the API server itself has logged about a namespace. */
export function auditEntries(namespace: string): AuditEntry[] {
  const file = process.env['USHADOW_TEST_AUDIT_LOG'];
  if (file === undefined) throw new Error('USHADOW_TEST_AUDIT_LOG must name the audit log of the test cluster');
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.includes(namespace) && line.includes('"ResponseComplete"'))
    .map((line) => JSON.parse(line) as AuditEntry);
}
