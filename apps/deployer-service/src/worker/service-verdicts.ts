import type { ServiceVerdictData } from '@ushadow/contracts';
import type { Cause, DeployResult, Failure } from '@ushadow/deploy-engine';
import { objectId, objectKey } from '@ushadow/kubernetes';
import type { Step } from '../content/step.ts';
import type { Deployment } from '../deployments/deployment.ts';

export type ServiceVerdict = ServiceVerdictData;

/** How a deployment ended for each service it was about. */
export function serviceVerdicts(
  { services, kind }: Deployment,
  result: DeployResult,
  step: Step,
): Record<string, ServiceVerdict> {
  return Object.fromEntries(services.map((service) => [service, verdictOf(service, kind, result, step)]));
}

const NOTHING = { code: null, reason: null, source: null } as const;

function verdictOf(
  service: string,
  kind: Deployment['kind'],
  { verdict, failure, causes, states, changes, rollback }: DeployResult,
  { part }: Step,
): ServiceVerdict {
  const own = new Set(
    part.objects.filter(({ services }) => services.includes(service)).map(({ object }) => objectKey(objectId(object))),
  );
  if (verdict === 'succeeded') return { status: 'succeeded', ...NOTHING };
  const isOwn = ({ object }: { readonly object?: Failure['object'] | undefined }): boolean =>
    object !== undefined && own.has(objectKey(object));
  const fault =
    failure !== undefined && isOwn(failure) ? failure : causes.find((cause) => isFinal(cause) && isOwn(cause));
  if (fault !== undefined && verdict !== 'unknown') {
    return { status: 'failed', code: fault.code, reason: fault.message, source: fault.source ?? null };
  }
  const ends = states.filter(isOwn);
  if (verdict === 'unknown') return { status: 'unknown', ...NOTHING };
  const isUntouched = changes.filter(isOwn).every(({ outcome }) => outcome === 'skipped' || outcome === 'unchanged');
  if (isUntouched && ends.some(({ state }) => state === 'pending')) return { status: 'not-started', ...NOTHING };
  if (ends.length === 0 && kind !== 'remove') return { status: 'not-started', ...NOTHING };
  if (rollback?.verdict === 'succeeded' && !isUntouched) return { status: 'rolled-back', ...NOTHING };
  if (verdict === 'cancelled') return { status: 'cancelled', ...NOTHING };
  if (ends.every(({ state }) => state === 'ready')) return { status: 'succeeded', ...NOTHING };
  const waiting = ends.find(({ state }) => state !== 'ready');
  return { status: 'unknown', code: null, reason: waiting?.message ?? null, source: null };
}

function isFinal({ severity }: Cause): boolean {
  return severity === 'final';
}
