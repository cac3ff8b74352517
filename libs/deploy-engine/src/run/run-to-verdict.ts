import type { DeployResult } from '../deploy-result.ts';
import type { DesiredState } from '../desired-state.ts';
import type { RunContext } from './run-context.ts';
import { runOnce } from './run-once.ts';

/** The whole of a deployment; its last event is the verdict. */
export async function runToVerdict(desired: DesiredState, context: RunContext): Promise<DeployResult> {
  const result = await runOnce(desired, context);
  const { verdict, failure } = result;
  context.emit({ type: 'verdict', verdict, ...(failure === undefined ? {} : { failure }) });
  return result;
}
