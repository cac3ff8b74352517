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

/**
 * What a deployment would do, asked of the server and written nowhere. Problems are part of the plan.
 *
 * @param redact what else must not be seen, beside the Secrets that are wanted
 */
export async function planDeployment(
  desired: DesiredState,
  cluster: ClusterPort,
  options: DeployOptions = {},
  { redact, ...call }: CallOptions & { readonly redact?: (text: string) => string } = {},
): Promise<Plan> {
  const graph = buildGraph(desired);
  const redactor = new Redactor(desired.objects, redact);
  const settings = { ...withDefaults(options), mask: <T>(value: T): T => redactor.deep(value) };
  const { plan } = await makePlan(desired.objects, cluster, settings, call);
  const problems = graph.ok ? plan.problems : [graph.failure, ...plan.problems];
  return redactor.deep(new SourceAttribution(desired).plan({ ...plan, problems }));
}
