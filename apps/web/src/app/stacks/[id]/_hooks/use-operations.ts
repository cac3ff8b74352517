import type { DeploymentData, StackData } from '@ushadow/contracts';
import { useState } from 'react';
import { api } from '../../../../api/client.ts';
import { currentErrors, withoutErrorsOf, type OperationError } from '../_operations/current-errors.ts';

export type ServiceOperation =
  { readonly kind: 'restart' | 'stop' | 'start' } | { readonly kind: 'scale'; readonly replicas: number };

export interface Operations {
  readonly run: (service: string, operation: ServiceOperation) => Promise<void>;
  /** The service something is being asked for now. */
  readonly busy: string | null;
  readonly errors: readonly OperationError[];
  /** The deployment that was begun last from here. */
  readonly begun: DeploymentData | null;
}

/** What can be done to the services of a stack; each becomes a deployment. */
export function useOperations(stack: StackData, onBegun: () => void): Operations {
  const [busy, setBusy] = useState<string | null>(null);
  const [errors, setErrors] = useState<readonly OperationError[]>([]);
  const [begun, setBegun] = useState<DeploymentData | null>(null);
  const run = async (service: string, operation: ServiceOperation): Promise<void> => {
    setBusy(service);
    try {
      setBegun(await ask(stack.stack_id, service, operation));
      setErrors((last) => withoutErrorsOf(last, service));
      onBegun();
    } catch (error) {
      setErrors((last) => [...withoutErrorsOf(last, service), { service, error, at: Date.now() }]);
    }
    setBusy(null);
  };
  return { run, busy, errors: currentErrors(errors, stack), begun };
}

function ask(stackId: string, service: string, operation: ServiceOperation): Promise<DeploymentData> {
  const place = { stack_id: stackId, service };
  switch (operation.kind) {
    case 'restart':
      return api.restartService(place);
    case 'stop':
      return api.stopService(place);
    case 'start':
      return api.startService(place);
    case 'scale':
      return api.scaleService({ ...place, replicas: operation.replicas });
  }
}
