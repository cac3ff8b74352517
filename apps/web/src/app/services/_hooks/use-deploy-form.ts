import { publicOperations, type ClusterData } from '@ushadow/contracts';
import { useRouter } from 'next/navigation';
import { useCallback, useMemo, useState } from 'react';
import { api } from '../../../api/client.ts';
import { hasCode } from '../../../api/describe-error.ts';
import { problemsOf } from '../../../api/error-details.ts';
import { fieldErrors, type FieldErrors } from '../../../api/field-errors.ts';
import { useAction } from '../../../api/use-action.ts';
import { useQuery } from '../../../api/use-query.ts';
import { initialDeployForm, type DeployForm } from '../_deploy/deploy-form.ts';
import { without } from '../_deploy/environment-edits.ts';
import type { EnvironmentVariable, Setting } from '../_deploy/environment-variable.ts';
import { fileVariables, withOffered, type FileVariable } from '../_deploy/file-variables.ts';
import { inDisplayOrder, missingRequired } from '../_deploy/list-variables.ts';
import { nothingPassing, toPassingValues, toPreviewValues } from '../_deploy/passing-values.ts';
import { toSavedChanges } from '../_deploy/saved-changes.ts';
import {
  toDeployRequest,
  toPreviewRequest,
  type DeployTarget,
  type PreviewRequest,
} from '../_deploy/to-deploy-request.ts';
import { usePlan, type PlanState } from './use-plan.ts';
import { useEnvironmentEdits, type EnvironmentActions } from './use-environment-edits.ts';
import { useServiceEnvironment, type ServiceEnvironmentState } from './use-service-environment.ts';

export interface DeployFormState {
  readonly form: DeployForm;
  readonly change: (part: Partial<DeployForm>) => void;
  readonly environment: ServiceEnvironmentState;
  readonly edit: EnvironmentActions;
  /** Of the environment, in the order they are shown; undefined while they are being loaded. */
  readonly variables: readonly EnvironmentVariable[] | undefined;
  readonly settings: readonly Setting[];
  /** `${…}` of the Compose file that a compilation has asked for. */
  readonly fileVariables: readonly FileVariable[];
  /** Takes up what a failed compilation asks for. */
  readonly offerFileVariables: (error: unknown) => void;
  /** What the cluster says this would change. */
  readonly plan: PlanState;
  readonly preview: { readonly request: PreviewRequest; readonly onlySaved: readonly string[] };
  /** What the contract has against the form, by field. */
  readonly errors: FieldErrors;
  /** Names of required variables without a value. */
  readonly missing: readonly string[];
  /** Names of variables whose change cannot be made for one deployment alone. */
  readonly onlySaved: readonly string[];
  readonly isReady: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  readonly deploy: () => Promise<void>;
}

const noVariables: readonly EnvironmentVariable[] = [];
const noSettings: readonly Setting[] = [];

/** The state of the deploy dialog: the form, what is wrong with it, and the deploy itself. */
export function useDeployForm(target: DeployTarget, cluster: ClusterData): DeployFormState {
  const router = useRouter();
  const [form, setForm] = useState(() => initialDeployForm(cluster.namespace));
  const [offered, setOffered] = useState<readonly FileVariable[]>([]);
  const edit = useEnvironmentEdits(setForm);
  const environment = useServiceEnvironment(target, form.namespace);
  const settings = useQuery('listSettings', {}).data?.settings ?? noSettings;
  const told = environment.environment?.variables;
  const variables = useMemo(() => (told === undefined ? undefined : inDisplayOrder(told)), [told]);

  const known = { variables: variables ?? noVariables, settings };
  const typed = toPassingValues(form.environment, known);
  const passing = form.onlyThisDeployment ? typed : nothingPassing;
  const previewed = toPreviewValues(form.environment, known);
  const request = toDeployRequest(target, form, passing);
  const errors = fieldErrors(publicOperations.startDeployment.input, request);
  const missing = missingRequired(known.variables, form.environment, settings);

  const offerFileVariables = useCallback((error: unknown) => {
    setOffered((last) => withOffered(last, fileVariables(problemsOf(error))));
  }, []);

  /** Before the deploy, so that the next one starts from it too. */
  const save = async (): Promise<void> => {
    const { environment: sent } = form;
    const changes = toSavedChanges(known.variables, sent);
    if (changes === null) return;
    const { service_id, cluster_id, namespace } = request;
    environment.replace(await api.saveServiceEnv({ service_id, cluster_id, namespace, ...changes }));
    setForm((last) => ({ ...last, environment: without(last.environment, sent) }));
  };
  const takeUp = (error: unknown): void => {
    offerFileVariables(error);
    if (hasCode(error, 'ENVIRONMENT_UNRESOLVED')) environment.reload();
  };
  const deploy = useAction(async () => {
    try {
      if (!form.onlyThisDeployment) await save();
      const { deployment_id: id } = await api.startDeployment(request);
      router.push(`/deployments/${id}`);
    } catch (error) {
      takeUp(error);
      throw error;
    }
  });
  const plan = usePlan({
    // A plan is made from what is typed, which need not be kept for it, except where only keeping it has an effect.
    request: form.onlyThisDeployment || typed.onlySaved.length > 0 ? request : toDeployRequest(target, form, typed),
    unkept: typed.onlySaved,
    keep: form.onlyThisDeployment ? null : save,
    onError: takeUp,
  });

  return {
    form,
    change: (part) => {
      setForm((last) => ({ ...last, ...part }));
    },
    environment,
    edit,
    variables,
    settings,
    fileVariables: offered,
    offerFileVariables,
    plan,
    preview: { request: toPreviewRequest(target, form, previewed), onlySaved: previewed.onlySaved },
    errors,
    missing,
    onlySaved: passing.onlySaved,
    isReady:
      environment.isCurrent && [missing, passing.onlySaved, Object.keys(errors)].every(({ length }) => length === 0),
    busy: deploy.busy,
    error: deploy.error,
    deploy: deploy.run,
  };
}
