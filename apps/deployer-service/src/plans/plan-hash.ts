import type { Plan as EnginePlan } from '@ushadow/deploy-engine';
import { canonicalJson, hmacSha256Hex } from '@ushadow/kubernetes';
import type { DeploymentKind, DeployOptions } from '../deployments/deployment.ts';
import type { StackPlace } from '../stacks/stack.ts';

export interface HashedPlan extends StackPlace {
  readonly kind: DeploymentKind;
  /** Keyed digest of the wanted bytes. */
  readonly desiredDigest: string;
  readonly options: DeployOptions;
  /** Of the configuration it was made from. */
  readonly baseRevision: number | null;
  /** Its hash is over actions, live uids and differing fields. */
  readonly plan: Pick<EnginePlan, 'hash'>;
}

/** Over everything an approval is about; keyed, since secret values are among it. */
export function planHash(key: string, { target, namespace, project, ...rest }: HashedPlan): string {
  const { kind, desiredDigest, options, baseRevision, plan } = rest;
  const place = { target, namespace, project };
  const text = canonicalJson({
    place,
    kind,
    desiredDigest,
    baseRevision,
    plan: plan.hash,
    options: { ...options, deleteClaims: [...options.deleteClaims].sort(), adopt: [...options.adopt].sort() },
  });
  return hmacSha256Hex(key, text);
}
