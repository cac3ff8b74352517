import { Injectable } from '@nestjs/common';
import { failure, operations, type DeploymentData, type InputOf } from '@ushadow/contracts';
import type { RequestContext } from '@ushadow/observability';
import { randomUUID } from 'node:crypto';
import { updateOf } from '../changes/change-update.ts';
import { BeginDeployment } from '../deployments/begin-deployment.ts';
import { defaultOptions } from '../deployments/deploy-options.ts';
import { toContract } from '../deployments/deployment.mapper.ts';
import { findStack, revisionWith } from '../stacks/find-stack.ts';
import { StackContents } from '../stacks/stack-contents.ts';
import { StackStore } from '../stacks/stack.store.ts';
import { jobOf } from './run-job-object.ts';

const HOUR_SECONDS = 3600;

/** Runs a service once, as a Job of its stack that a worker watches to its end. */
@Injectable()
export class RunJob {
  constructor(
    private readonly stacks: StackStore,
    private readonly contents: StackContents,
    private readonly begin: BeginDeployment,
  ) {}

  async run(input: InputOf<typeof operations.runJob>, context: RequestContext): Promise<DeploymentData> {
    const { service, command, entrypoint, supersede } = input;
    const stack = await findStack(input.stack_id, this.stacks);
    const good = await revisionWith(stack, [service], this.contents);
    const { deadline_seconds: deadlineSeconds = defaultOptions.deadlineSeconds } = input;
    const { keep_seconds: keepSeconds = HOUR_SECONDS } = input;
    // The deployment's own, where it is asked for under a key: asked again it is the same Job.
    const id = context.effectId ?? randomUUID();
    const job = jobOf(good.content, service, { id, command, entrypoint, deadlineSeconds, keepSeconds });
    if (job === undefined) throw failure(operations.runJob, 'NOT_RUNNABLE', `Nothing of ${service} has a pod to run.`);
    const { id: stackId, target, namespace, project } = stack;
    const deployment = await this.begin.run(
      {
        ...{ stackId, target, namespace, project, kind: 'run', supersede },
        ...defaultOptions,
        // A Job says nothing before it ends.
        ...{ deadlineSeconds, stallSeconds: deadlineSeconds, rollback: false },
        ...{ basedOn: good.deployment.id, planId: null, planHash: null, deleteNamespace: false },
        update: { ...updateOf(good.content, [service]), selected: [service], job },
        message: input.message ?? `Run of ${service}: ${job.metadata.name}`,
      },
      context,
    );
    return toContract(deployment);
  }
}
