import type { JsonObject, KubeObject } from '@ushadow/kubernetes';
import { isJsonObject } from '@ushadow/kubernetes';
import type { WriteStamp } from './write-stamp.ts';
import { stamped } from './write-stamp.ts';

/** The API server's own defaults. */
const ROLLING_UPDATE: JsonObject = { maxSurge: '25%', maxUnavailable: '25%' };

/**
 * A desired object as it is applied: with the stamp of who writes, and with the default of a Deployment's strategy said
 * aloud. A default that nobody owns stays when the type changes, and the server refuses `Recreate` beside it: a service
 * that gets its first volume could not be updated.
 */
export function asSent(desired: KubeObject, stamp: WriteStamp | undefined): KubeObject {
  return stamped(desired.kind === 'Deployment' ? withStrategy(desired) : desired, stamp);
}

function withStrategy(deployment: KubeObject): KubeObject {
  const { spec } = deployment;
  // Without a selector it is a few fields of one, for a manager of their own.
  if (!isJsonObject(spec) || spec['selector'] === undefined) return deployment;
  const strategy = isJsonObject(spec['strategy']) ? spec['strategy'] : {};
  const { type = 'RollingUpdate', rollingUpdate } = strategy;
  if (type !== 'RollingUpdate') return deployment;
  const complete = { ...ROLLING_UPDATE, ...(isJsonObject(rollingUpdate) ? rollingUpdate : {}) };
  return { ...deployment, spec: { ...spec, strategy: { type, rollingUpdate: complete } } };
}
