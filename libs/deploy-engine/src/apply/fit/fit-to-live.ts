import type { JsonValue, KubeObject } from '@ushadow/kubernetes';
import { valueAt } from '@ushadow/kubernetes';
import { ownsInSpec } from '../field-ownership.ts';
import { fitClaim } from './fit-claim.ts';
import { fitTemplates } from './fit-templates.ts';
import type { Fit } from './fit.ts';
import { specOf, withSpec } from './fit.ts';

interface Written {
  /** Whose fields are ours. */
  readonly manager: string;
  /** The server does not take what is wanted by itself. */
  readonly isRefused: boolean;
  /** False once the server has refused that a claim grows. */
  readonly mayGrow: boolean;
}

/**
 * What is to be written where an object is there already. By itself, server-side apply leaves, resets or refuses some of
 * what is no longer wanted; the very same object where nothing has to be added.
 */
export function fitToLive(desired: KubeObject, live: KubeObject, { manager, isRefused, mayGrow }: Written): Fit {
  if (desired.kind === 'PersistentVolumeClaim') return fitClaim(desired, live, manager, mayGrow);
  const fields = new Map<string, JsonValue>();
  const isLetGo = (field: string): boolean =>
    specOf(desired)[field] === undefined && specOf(live)[field] !== undefined && ownsInSpec(live, manager, field);
  // The number is left to somebody else from now on, who starts from what there is, not from one; what is stopped starts.
  const replicas = SCALED.has(desired.kind) && isLetGo('replicas') ? specOf(live)['replicas'] : undefined;
  if (replicas !== undefined && replicas !== 0) fields.set('replicas', replicas);
  // The server keeps what was applied last.
  if (hasFamilies(desired) && isLetGo('ipFamilyPolicy')) fields.set('ipFamilyPolicy', 'SingleStack');
  const body = fields.size === 0 ? desired : withSpec(desired, Object.fromEntries(fields));
  return isRefused && desired.kind === 'StatefulSet' ? fitTemplates(body, live) : { body, notes: [] };
}

function hasFamilies({ kind, ...rest }: KubeObject): boolean {
  return kind === 'Service' && valueAt(rest, ['spec', 'type']) !== 'ExternalName';
}

const SCALED: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet']);
