import type { Plan as EnginePlan } from '@ushadow/deploy-engine';
import { canonicalJson, hmacSha256Hex } from '@ushadow/kubernetes';
import type { DeployOptions, Place } from '../deployments/deployment.ts';

export interface HashedPlan extends Place {
  /** Keyed digest of the wanted bytes. */
  readonly desiredDigest: string;
  readonly options: DeployOptions;
  /** Its hash is over actions, live uids and differing fields. */
  readonly plan: Pick<EnginePlan, 'hash'>;
}

/** Over everything an approval is about; keyed, since secret values are among it. */
export function planHash(key: string, { clusterId, namespace, serviceName, ...rest }: HashedPlan): string {
  const { desiredDigest, options, plan } = rest;
  const place = { clusterId, namespace, serviceName };
  const text = canonicalJson({
    place,
    desiredDigest,
    plan: plan.hash,
    options: { ...options, deleteClaims: [...options.deleteClaims].sort() },
  });
  return hmacSha256Hex(key, text);
}
