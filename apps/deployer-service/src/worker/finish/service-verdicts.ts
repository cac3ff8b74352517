import type { ServiceVerdictData } from '@ushadow/contracts';
import type { Cause, DeployResult, Failure } from '@ushadow/deploy-engine';
import { formatObjectId, objectId, objectKey } from '@ushadow/kubernetes';
import type { Step } from '../../content/step.ts';
import type { Deployment } from '../../deployments/deployment.ts';
import { VERDICT_CODES } from '../../deployments/verdicts.ts';

export type ServiceVerdict = ServiceVerdictData;

/** How a deployment ended for each service it was about. */
export function serviceVerdicts(
  { services, kind }: Deployment,
  result: DeployResult,
  step: Step,
): Record<string, ServiceVerdict> {
  return Object.fromEntries(services.map((service) => [service, verdictOf(service, kind, result, step)]));
}

/**
 * The same where not everything was there, or gone, when it was observed afterwards. What is as it was to be has not been
 * watched: how that has ended stays unknown.
 */
export function incompleteVerdicts(
  { services }: Pick<Deployment, 'services'>,
  { plan }: Pick<DeployResult, 'plan'>,
  step: Pick<Step, 'part' | 'inventory'>,
): Record<string, ServiceVerdict> {
  const open = plan?.entries.filter(({ action }) => action !== 'unchanged') ?? [];
  return Object.fromEntries(
    services.map((service): [string, ServiceVerdict] => {
      const missing = open.find(ownOf(service, step));
      if (missing === undefined) return [service, { status: 'unknown', ...NOTHING }];
      const { object, action } = missing;
      const reason = `${formatObjectId(object)} ${action === 'delete' ? 'is still there' : 'is not as it was to be'}`;
      return [service, { status: 'failed', code: VERDICT_CODES.incomplete, reason, source: null }];
    }),
  );
}

const NOTHING = { code: null, reason: null, source: null } as const;

function verdictOf(service: string, kind: Deployment['kind'], result: DeployResult, step: Step): ServiceVerdict {
  const { verdict, failure, causes } = result;
  const refused = refusalOf(service, result, step);
  if (refused !== undefined) return failedBy(refused);
  if (verdict === 'succeeded' || verdict === 'unknown') return { status: verdict, ...NOTHING };
  const isOwn = ownOf(service, step);
  const isAtFault = failure !== undefined && isOwn(failure);
  const fault = isAtFault ? failure : causes.find((cause) => isFinal(cause) && isOwn(cause));
  if (fault === undefined) return bystander(kind, result, isOwn);
  return failedBy(fault);
}

function failedBy({ code, message, source }: Failure): ServiceVerdict {
  return { status: 'failed', code, reason: message, source: source ?? null };
}

/** Why a service that was to go has not gone; undefined where it has, or was not to. */
export function refusalOf(
  service: string,
  { unpruned = [] }: Pick<DeployResult, 'unpruned'>,
  step: Pick<Step, 'next' | 'part' | 'inventory'>,
): Failure | undefined {
  if (step.next.services[service] !== undefined) return undefined;
  return unpruned.find(ownOf(service, step))?.failure;
}

/** What goes is no part of what is wanted; the inventory knows whose it was. */
function ownOf(service: string, { part, inventory }: Pick<Step, 'part' | 'inventory'>): IsOwn {
  const own = new Set([
    ...part.objects
      .filter(({ services }) => services.includes(service))
      .map(({ object }) => objectKey(objectId(object))),
    ...inventory.filter(({ services }) => services?.includes(service)).map(({ object }) => objectKey(object)),
  ]);
  return ({ object }) => object !== undefined && own.has(objectKey(object));
}

type IsOwn = (of: { readonly object?: Failure['object'] | undefined }) => boolean;

/** How it ended for a service that nothing is said against, in a deployment that failed or was cancelled. */
function bystander(
  kind: Deployment['kind'],
  { verdict, states, changes, rollback }: DeployResult,
  isOwn: IsOwn,
): ServiceVerdict {
  const ends = states.filter(isOwn);
  const isUntouched = changes.filter(isOwn).every(({ outcome }) => outcome === 'skipped' || outcome === 'unchanged');
  const isPending = ends.length === 0 ? kind !== 'remove' : ends.some(({ state }) => state === 'pending');
  if (isUntouched && isPending) return { status: 'not-started', ...NOTHING };
  if (rollback?.verdict === 'succeeded' && !isUntouched) return { status: 'rolled-back', ...NOTHING };
  if (verdict === 'cancelled') return { status: 'cancelled', ...NOTHING };
  if (kind === 'remove') return { status: 'unknown', ...NOTHING };
  const waiting = ends.find(({ state }) => state !== 'ready');
  if (waiting === undefined) return { status: 'succeeded', ...NOTHING };
  return { status: 'unknown', code: null, reason: waiting.message, source: null };
}

function isFinal({ severity }: Cause): boolean {
  return severity === 'final';
}
