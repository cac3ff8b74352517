import type { KubeObject } from '@ushadow/kubernetes';
import { KubernetesApiError, objectKey } from '@ushadow/kubernetes';
import type { Cause, Evidence, Failure } from '@ushadow/diagnose';
import { grantFor } from '../preflight/denials.ts';
import { missingPermissions } from '../preflight/permissions.ts';
import type { RunContext } from './run-context.ts';
import { readOptions } from './run-context.ts';

/**
 * Everything that keeps a plan from being applied, reported at once. Where a permission is missing, one more question gives
 * all that are.
 */
export async function reportRefusal(
  problems: readonly Failure[],
  objects: readonly KubeObject[],
  context: RunContext,
): Promise<Cause[]> {
  const isDenied = problems.some(({ code }) => code === 'PERMISSION_DENIED');
  const grants = isDenied ? await allGrants(objects, context) : [];
  const now = context.clock.now();
  const causes = problems.flatMap((problem, index): Cause[] => {
    if (problem.object === undefined) return [];
    const known = problem.code === 'PERMISSION_DENIED' && grants.length > 0 ? withGrants(problem, grants) : problem;
    const id = `${objectKey(problem.object)}//plan/${index}`;
    const seen = { firstSeen: now, lastSeen: now, observations: 1 };
    return [{ ...known, object: problem.object, id, severity: 'final', ...seen }];
  });
  for (const cause of causes) context.emit({ type: 'cause.raised', cause });
  return causes;
}

async function allGrants(objects: readonly KubeObject[], context: RunContext): Promise<Evidence[]> {
  try {
    return grantFor(...(await missingPermissions(objects, context.cluster, readOptions(context))));
  } catch (error) {
    // The refusals themselves name one permission each.
    if (error instanceof KubernetesApiError) return [];
    throw error;
  }
}

function withGrants(problem: Failure, grants: readonly Evidence[]): Failure {
  const replaced = new Set(grants.map(({ path }) => path));
  return { ...problem, evidence: [...problem.evidence.filter(({ path }) => !replaced.has(path)), ...grants] };
}
