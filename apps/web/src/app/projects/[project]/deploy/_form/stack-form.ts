import type { OutputOf, operations, ProjectData, StackData } from '@ushadow/contracts';
import { specFormOf, type SpecForm } from './spec-form.ts';

/** What the deploy page holds: texts as typed, and what is ticked. */
export interface StackForm {
  /** Empty: where the stack is, or the server's choice. */
  readonly namespace: string;
  readonly profiles: ReadonlySet<string>;
  /** Ticked by hand; null: every service that is active and can be deployed. */
  readonly services: ReadonlySet<string> | null;
  /** By service; one that is absent stays as it is remembered. */
  readonly specs: ReadonlyMap<string, SpecForm>;
  /** Typed values by variable. A map, since a variable may be called `constructor`. */
  readonly values: ReadonlyMap<string, string>;
  /** Whether a variable is secret, where the user says so. */
  readonly secrets: ReadonlyMap<string, boolean>;
  /** Whether a failure goes back to the last good revision. */
  readonly rollback: boolean;
  readonly deadlineSeconds: string;
  readonly message: string;
}

/** Starts from what the stack has, where there is one. */
export function startForm(stack: Pick<StackData, 'configuration'> | null): StackForm {
  return {
    namespace: '',
    profiles: new Set(stack?.configuration.profiles ?? []),
    services: null,
    specs: new Map(),
    values: new Map(),
    secrets: new Map(),
    rollback: true,
    deadlineSeconds: '',
    message: '',
  };
}

type Services = Pick<ProjectData, 'services'>;

/** The services that run with these profiles. */
export function activeServices({ services }: Services, profiles: ReadonlySet<string>): string[] {
  return services
    .filter(({ active, profiles: own }) => active || own.some((profile) => profiles.has(profile)))
    .map(({ service }) => service);
}

/** The services that are to be deployed. */
export function chosenServices(project: Services, form: StackForm): string[] {
  if (form.services !== null)
    return project.services.map(({ service }) => service).filter((each) => form.services?.has(each));
  const deployable = new Set(project.services.filter((each) => each.deployable).map(({ service }) => service));
  return activeServices(project, form.profiles).filter((service) => deployable.has(service));
}

/** With a service ticked or not. Ticking exactly what is active is the same as no choice at all. */
export function withService(project: Services, form: StackForm, service: string, isIn: boolean): StackForm {
  const next = new Set(chosenServices(project, form));
  if (isIn) next.add(service);
  else next.delete(service);
  const usual = chosenServices(project, { ...form, services: null });
  const isUsual = next.size === usual.length && usual.every((each) => next.has(each));
  return { ...form, services: isUsual ? null : next };
}

/** The form of a service's specification: as typed, else as remembered. */
export function specOf(form: StackForm, stack: Pick<StackData, 'configuration'> | null, service: string): SpecForm {
  return form.specs.get(service) ?? specFormOf(stack?.configuration.specs[service]);
}
export type Project = OutputOf<typeof operations.getProject>;
