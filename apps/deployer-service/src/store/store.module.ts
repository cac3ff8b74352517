import { Module } from '@nestjs/common';
import { CONFIG } from '@ushadow/service';
import type { DeployerConfig } from '../config.ts';
import { BeginStore } from '../deployments/store/begin.store.ts';
import { DeploymentStore } from '../deployments/store/deployment.store.ts';
import { EndRequestStore } from '../deployments/store/end-request.store.ts';
import { ProgressStore } from '../deployments/store/progress.store.ts';
import { DeadLetterStore } from '../dead-letters/dead-letter.store.ts';
import { DriftStore } from '../drift/drift.store.ts';
import { OutboxStore } from '../outbox/outbox.store.ts';
import { PlanStore } from '../plans/plan.store.ts';
import { StackStore } from '../stacks/stack.store.ts';
import { StackContents } from '../stacks/stack-contents.ts';
import { InstallationStore } from './installation.store.ts';
import { DesiredStateCipher } from '../deployments/desired-state.ts';

const stores = [
  BeginStore,
  DeploymentStore,
  EndRequestStore,
  ProgressStore,
  DeadLetterStore,
  DriftStore,
  OutboxStore,
  PlanStore,
  StackStore,
  StackContents,
  InstallationStore,
];

/** The stores of the service, and what opens what they keep. */
@Module({
  providers: [
    ...stores,
    {
      provide: DesiredStateCipher,
      useFactory: ({ USHADOW_KEYS }: DeployerConfig) => new DesiredStateCipher(USHADOW_KEYS),
      inject: [CONFIG],
    },
  ],
  exports: [...stores, DesiredStateCipher],
})
export class StoreModule {}
