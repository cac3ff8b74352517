import type { StackData } from '@ushadow/contracts';
import { hasCode } from '../../../../api/describe-error.ts';
import { isUnderWay } from '../../../deployments/_status/deployment-facts.ts';

/** Why something that was asked for a service was refused. */
export interface OperationError {
  readonly service: string;
  readonly error: unknown;
  /** When; Unix milliseconds. */
  readonly at: number;
}

type Seen = Pick<StackData, 'deployment'> & {
  readonly services: readonly Pick<StackData['services'][number], 'service' | 'deployment'>[];
};

/** The errors that still say something: one leaves once what it was about has succeeded, or what was in the way has ended. */
export function currentErrors(errors: readonly OperationError[], stack: Seen): OperationError[] {
  return errors.filter(({ service, error, at }) => {
    const last = stack.services.find((each) => each.service === service)?.deployment;
    if (last?.status === 'succeeded' && Date.parse(last.at) >= at) return false;
    if (!hasCode(error, 'DEPLOYMENT_IN_PROGRESS')) return true;
    return stack.deployment !== null && isUnderWay(stack.deployment.status);
  });
}

/** A new attempt takes the place of what was said before about the same service. */
export function withoutErrorsOf(errors: readonly OperationError[], service: string): OperationError[] {
  return errors.filter((each) => each.service !== service);
}
