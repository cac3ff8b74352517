import type { CallOptions } from '@ushadow/kubernetes';
import type { ClusterPort } from './cluster.port.ts';
import type { DeployOptions } from './deploy-options.ts';
import { withDefaults } from './deploy-options.ts';
import type { DesiredState } from './desired-state.ts';
import { buildGraph } from './run/apply-graph.ts';
import { makePlan } from './plan/make-plan.ts';
import type { Plan } from './plan/plan.ts';
import { Redactor } from './redact.ts';
import { SourceAttribution } from './source/source-attribution.ts';

/** What a deployment would do, asked of the server and written nowhere. Problems are part of the plan. */
export async function planDeployment(
  desired: DesiredState,
  cluster: ClusterPort,
  options: DeployOptions = {},
  call: CallOptions = {},
): Promise<Plan> {
  const graph = buildGraph(desired);
  const { plan } = await makePlan(desired.objects, cluster, withDefaults(options), call);
  const problems = graph.ok ? plan.problems : [graph.failure, ...plan.problems];
  return new Redactor(desired.objects).deep(new SourceAttribution(desired).plan({ ...plan, problems }));
}
