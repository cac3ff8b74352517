import type { JsonObject } from '../json.ts';
import { BASELINE } from './baseline.ts';
import type { Control } from './control.ts';
import type { PodParts } from './pod-parts.ts';
import { podParts } from './pod-parts.ts';
import { RESTRICTED } from './restricted.ts';
import type { PodSecurityLevel, PodSecurityViolation } from './violation.ts';

/** Everything about a pod, or the template of one, that a Pod Security level forbids. */
export function judgePod(pod: JsonObject): readonly PodSecurityViolation[] {
  const parts = podParts(pod);
  const baseline = findAll(BASELINE, 'baseline', parts);
  const known = new Set(baseline.map(({ pointer }) => pointer));
  return [...baseline, ...findAll(RESTRICTED, 'restricted', parts).filter(({ pointer }) => !known.has(pointer))];
}

/** The strictest level of a namespace that takes the pod. */
export function levelOf(violations: readonly PodSecurityViolation[]): PodSecurityLevel {
  if (violations.length === 0) return 'restricted';
  return violations.some(({ level }) => level === 'baseline') ? 'privileged' : 'baseline';
}

function findAll(
  controls: readonly Control[],
  level: PodSecurityViolation['level'],
  parts: PodParts,
): readonly PodSecurityViolation[] {
  return controls.flatMap(({ name, find }) => find(parts).map((finding) => ({ level, control: name, ...finding })));
}
