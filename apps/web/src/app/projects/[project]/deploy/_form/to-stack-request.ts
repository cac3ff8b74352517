import type { operations, ProjectData, RequestOf, StackData } from '@ushadow/contracts';
import type { MoreAllowed } from '../../../../plans/_components/plan-blockers.tsx';
import { isAsking, toSpec } from './spec-form.ts';
import { activeServices, chosenServices, type StackForm } from './stack-form.ts';

export type StackRequest = RequestOf<typeof operations.planStack>;

/** What is said yes to beside the form, for the plans that follow. */
export interface Allowed extends MoreAllowed {
  readonly into_existing?: true;
  readonly with_dependencies?: true;
}

interface StackRequestParts {
  readonly clusterId: string;
  readonly project: Pick<ProjectData, 'project' | 'services'>;
  /** The stack that is deployed to, where there is one. */
  readonly stack: Pick<StackData, 'configuration' | 'namespace'> | null;
  /** Its namespace has to be said: the project has several stacks in the cluster. */
  readonly isOneOfSeveral: boolean;
  readonly form: StackForm;
  readonly allowed: Allowed;
}

/** What is sent for a form. What was left as it is, is left out: the server remembers it. */
export function toStackRequest({
  clusterId,
  project,
  stack,
  isOneOfSeveral,
  form,
  allowed,
}: StackRequestParts): StackRequest {
  const namespace = form.namespace.trim();
  const specs = [...form.specs].flatMap(([service, spec]) => {
    const asked = toSpec(spec, stack?.configuration.specs[service]);
    return isAsking(asked) ? [[service, asked] as const] : [];
  });
  const services = chosenServices(project, form);
  const isAll = services.length === activeServices(project, form.profiles).length && form.services === null;
  const { adopt, ...others } = allowed;
  return {
    cluster_id: clusterId,
    project: project.project,
    ...(namespace !== '' ? { namespace } : isOneOfSeveral && stack !== null ? { namespace: stack.namespace } : {}),
    ...(isAll ? {} : { services }),
    ...(form.profiles.size === 0 ? {} : { profiles: [...form.profiles] }),
    ...(specs.length === 0 ? {} : { specs: Object.fromEntries(specs) }),
    ...(form.values.size === 0 ? {} : { variables: Object.fromEntries(form.values) }),
    ...(form.secrets.size === 0 ? {} : { env_secrets: Object.fromEntries(form.secrets) }),
    ...(form.rollback ? {} : { rollback: false }),
    ...(form.deadlineSeconds.trim() === '' ? {} : { deadline_seconds: Number(form.deadlineSeconds) }),
    ...(adopt === undefined ? {} : { adopt: [...adopt] }),
    ...others,
  };
}
