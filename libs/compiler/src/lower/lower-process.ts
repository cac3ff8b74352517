import { own } from '@ushadow/kubernetes';
import type { ComposeService, LifecycleHook, PreStartHook } from '@ushadow/compose';
import type { Hook, Lifecycle, Process, Restart } from '../model/process.ts';
import { durationSeconds } from '../text/measures.ts';
import { positive } from './lower-scheduling.ts';

export function lowerProcess(service: ComposeService): Process {
  return {
    entrypoint: service.entrypoint ?? undefined,
    command: service.command ?? undefined,
    workingDir: service.working_dir,
    tty: service.tty === true,
    stdin: service.stdin_open === true,
    hostname: service.hostname,
    domainname: service.domainname,
    reapZombies: service.init === true,
  };
}

/** `deploy.restart_policy` wins over `restart`, as in Compose. */
export function lowerRestart(service: ComposeService, path: string): Restart {
  const policy = service.deploy?.restart_policy;
  const condition = policy?.condition;
  if (condition !== undefined && condition !== '') {
    return {
      policy: own(CONDITIONS, condition) ?? 'always',
      attempts: positive(policy?.max_attempts),
      path: `${path}/deploy/restart_policy`,
    };
  }
  const [name = '', digits] = service.restart?.split(':') ?? [];
  if (name === '') return { policy: 'unset', attempts: undefined, path };
  return { policy: own(RESTARTS, name) ?? 'always', attempts: positive(digits), path: `${path}/restart` };
}

const RESTARTS: Readonly<Record<string, Restart['policy']>> = { no: 'never', 'on-failure': 'on-failure' };
const CONDITIONS: Readonly<Record<string, Restart['policy']>> = { none: 'never', 'on-failure': 'on-failure' };

export function lowerLifecycle(service: ComposeService, path: string): Lifecycle {
  const grace = durationSeconds(service.stop_grace_period);
  return {
    stopGraceSeconds: grace === undefined ? undefined : Math.ceil(grace),
    stopSignal: service.stop_signal,
    before: (service.pre_start ?? []).map((hook, index) => ({
      ...lowerHook(hook, `${path}/pre_start/${index}`),
      image: hook.image === '' ? undefined : hook.image,
      entrypoint: hook.entrypoint ?? undefined,
      environment: ownVariables(hook, service),
    })),
    afterStart: (service.post_start ?? [])
      .map((hook, index) => lowerHook(hook, `${path}/post_start/${index}`))
      .filter(hasCommand),
    beforeStop: (service.pre_stop ?? [])
      .map((hook, index) => lowerHook(hook, `${path}/pre_stop/${index}`))
      .filter(hasCommand),
  };
}

const hasCommand = ({ command }: Hook): boolean => command.length > 0;

/** A step before the start has taken over the variables of its service, which it gets as the service does. */
function ownVariables(hook: PreStartHook, service: ComposeService): Readonly<Record<string, string>> {
  const inherited = service.environment ?? {};
  return Object.fromEntries(
    Object.entries(variablesOf(hook)).filter(([name, value]) => own(inherited, name) !== value),
  );
}

function variablesOf({ environment = {} }: LifecycleHook | PreStartHook): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)] as const])),
  );
}

function lowerHook(hook: LifecycleHook | PreStartHook, path: string): Hook {
  return {
    command: hook.command ?? [],
    user: hook.user,
    privileged: hook.privileged === true,
    workingDir: hook.working_dir,
    environment: variablesOf(hook),
    path,
  };
}
