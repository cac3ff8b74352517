import { publicOperations } from '@ushadow/contracts';
import { useState } from 'react';
import { fieldErrors } from '../../../api/field-errors.ts';
import { useQuery } from '../../../api/use-query.ts';
import { useSettled } from '../../../ui/use-settled.ts';
import type { ServiceEnvironment } from '../_deploy/environment-variable.ts';
import type { DeployTarget } from '../_deploy/to-deploy-request.ts';

/** A namespace is asked about once it has not been typed at for this long. */
const SETTLE_MS = 300;

export interface ServiceEnvironmentState {
  /** What was answered last; of the namespace before while another one is being asked about. */
  readonly environment: ServiceEnvironment | undefined;
  /** Whether it is that of the namespace in the form. */
  readonly isCurrent: boolean;
  /** Whether that of the namespace in the form is on its way. */
  readonly isAsking: boolean;
  readonly error: unknown;
  readonly reload: () => void;
  readonly replace: (environment: ServiceEnvironment) => void;
}

/** A service's environment in a place, asked for again when the namespace changes. */
export function useServiceEnvironment(target: DeployTarget, namespace: string): ServiceEnvironmentState {
  const wanted = namespace.trim();
  const asked = useSettled(wanted, SETTLE_MS);
  const input = { service_id: target.serviceId, cluster_id: target.clusterId, namespace: asked };
  const enabled = isAskable(input);
  const { data, error, reload, replace } = useQuery('getServiceEnv', input, { enabled });
  const [kept, setKept] = useState(data);
  if (data !== undefined && data !== kept) setKept(data);
  const isCurrent = data !== undefined && asked === wanted;
  return {
    environment: data ?? kept,
    isCurrent,
    isAsking: !isCurrent && isAskable({ ...input, namespace: wanted }) && (asked !== wanted || error === undefined),
    error,
    reload,
    replace,
  };
}

function isAskable(input: unknown): boolean {
  return Object.keys(fieldErrors(publicOperations.getServiceEnv.input, input)).length === 0;
}
