import { CancelSource } from './cancel-source.ts';
import type { ClusterPort } from './cluster.port.ts';
import type { DeployEvent, DeployEventBody } from './deploy-event.ts';
import type { DeployEnvironment, DeployOptions } from './deploy-options.ts';
import { withDefaults } from './deploy-options.ts';
import type { DeployRun } from './event-stream.ts';
import type { DesiredState } from './desired-state.ts';
import { EventChannel } from './event-channel.ts';
import { eventStream } from './event-stream.ts';
import { Redactor } from './redact.ts';
import type { RunContext } from './run/run-context.ts';
import { runToVerdict } from './run/run-to-verdict.ts';

/**
 * Brings a desired state into a cluster and reports what happens; returns the result with the verdict. It stores and
 * logs nothing. Every step is idempotent: after a crash another worker calls it again with `resumeFrom`. The run writes
 * nothing before what it means to do has been taken and the next batch is asked for.
 */
export async function* deploy(
  desired: DesiredState,
  cluster: ClusterPort,
  options: DeployOptions,
  environment: DeployEnvironment,
): DeployRun {
  const { clock, resumeFrom, redact } = environment;
  const signal = new CancelSource(environment.signal);
  const leaving = new CancelSource(signal, environment.leave);
  const ending = new CancelSource(leaving, environment.cancel);
  const channel = new EventChannel<DeployEvent>();
  const redactor = new Redactor([...desired.objects, ...(options.rollbackTo?.objects ?? [])], redact);
  const emit = (event: DeployEventBody): void => channel.push(redactor.deep({ ...event, at: clock.now() }));
  const startedAt = resumeFrom?.startedAt ?? clock.now();
  const stops = { signal, ending, leaving };
  const cancelled = new Promise<void>((resolve) => signal.addEventListener('abort', resolve));
  const recorded = (): Promise<void> => Promise.race([channel.handled(), cancelled]);
  const context: RunContext = {
    cluster,
    settings: { ...withDefaults(options), mask: (value) => redactor.deep(value) },
    clock,
    emit,
    recorded,
    startedAt,
    resumeFrom,
    ...stops,
  };
  return redactor.deep(yield* eventStream(() => runToVerdict(desired, context), channel, signal));
}
