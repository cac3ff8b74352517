import { objectKey } from '@ushadow/kubernetes';
import type { Cause, Failure } from '@ushadow/diagnose';
import type { ObjectEnd } from '../deploy-result.ts';
import type { GraphNode } from './apply-graph.ts';
import type { Readiness } from '../readiness/readiness.ts';
import type { ApplyRun } from './apply-run.ts';

/** How far each object of a run has got, by what is known at its end. */
export function objectEnds(
  nodes: readonly GraphNode[],
  run: ApplyRun,
  readinessOf: (key: string) => Readiness | undefined,
  causes: readonly Cause[],
): ObjectEnd[] {
  return nodes.map(({ key, id: object }): ObjectEnd => {
    const refused = run.failureOf(key);
    if (refused !== undefined) return { object, state: 'failed', message: refused.message };
    const { state = 'pending', message = NOT_WRITTEN } = readinessOf(key) ?? {};
    if (!run.isWritten(key)) return { object, state: 'pending', message };
    const final = causes.find((cause) => cause.severity === 'final' && objectKey(cause.object) === key);
    if (final !== undefined) return { object, state: 'failed', message: final.message };
    return { object, state: state === 'deleting' ? 'progressing' : state, message };
  });
}

/** Of an attempt that wrote nothing, with what is against it. */
export function noneWritten(nodes: readonly GraphNode[], problems: readonly Failure[]): ObjectEnd[] {
  return nodes.map(({ key, id: object }) => {
    const problem = problems.find((each) => each.object !== undefined && objectKey(each.object) === key);
    return { object, state: 'pending', message: problem?.message ?? NOT_WRITTEN };
  });
}

const NOT_WRITTEN = 'it was not written';
