import { publicOperations, type ClusterData } from '@ushadow/contracts';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../api/client.ts';
import { fieldErrors, type FieldErrors } from '../../../api/field-errors.ts';
import { useAction } from '../../../api/use-action.ts';
import { useQuery } from '../../../api/use-query.ts';
import { initialDeployForm, type DeployForm } from '../_deploy/deploy-form.ts';
import { inDisplayOrder, missingRequired, type EnvironmentVariable } from '../_deploy/environment.ts';
import { toDeployRequest, type DeployTarget } from '../_deploy/to-deploy-request.ts';

export interface DeployFormState {
  readonly form: DeployForm;
  readonly change: (part: Partial<DeployForm>) => void;
  /** Undefined while they are being loaded. */
  readonly variables: readonly EnvironmentVariable[] | undefined;
  readonly variablesError: unknown;
  readonly reloadVariables: () => void;
  /** What the contract has against the form, by field. */
  readonly errors: FieldErrors;
  /** Names of required variables that are empty. */
  readonly missing: readonly string[];
  readonly isReady: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  readonly deploy: () => Promise<void>;
}

/** The state of the deploy dialog: the form, what is wrong with it, and the deploy itself. */
export function useDeployForm(target: DeployTarget, cluster: ClusterData): DeployFormState {
  const router = useRouter();
  const [form, setForm] = useState(() => initialDeployForm(cluster.namespace));
  const environment = useQuery('getServiceEnv', { service_id: target.serviceId });
  const request = toDeployRequest(target, form);
  const errors = fieldErrors(publicOperations.startDeployment.input, request);
  const variables = environment.data === undefined ? undefined : inDisplayOrder(environment.data.variables);
  const missing = missingRequired(variables ?? [], form.environment);
  const deploy = useAction(async () => {
    const { deployment_id: id } = await api.startDeployment(request);
    router.push(`/deployments/${id}`);
  });
  return {
    form,
    change: (part) => {
      setForm((last) => ({ ...last, ...part }));
    },
    variables,
    variablesError: environment.error,
    reloadVariables: environment.reload,
    errors,
    missing,
    isReady: variables !== undefined && missing.length === 0 && Object.keys(errors).length === 0,
    busy: deploy.busy,
    error: deploy.error,
    deploy: deploy.run,
  };
}
