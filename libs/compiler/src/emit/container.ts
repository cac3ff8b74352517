import type { DesignedService } from '../model/design.ts';
import { withReferences } from '../sensitive/references.ts';
import { gpuResource } from '../text/gpu-resource.ts';
import { escapeExpansion } from '../text/escaping.ts';
import type { EmitContext } from './emit-context.ts';
import { emitLifecycle } from './hooks.ts';
import { emitProbe } from './probe.ts';
import { containerSecurity } from './security.ts';
import type { Draft, DraftRecord } from './sourced.ts';
import { filled, from, some } from './sourced.ts';
import { emitMounts } from './volumes.ts';

export function emitContainer(designed: DesignedService, context: EmitContext): Draft {
  const { service, probes, environment } = designed;
  const at = (key: string, value: Draft): Draft =>
    value === undefined ? undefined : from(`${service.path}/${key}`, value);
  const inline = new Set(environment.inline.filter(({ fromSecret }) => !fromSecret).map(({ name }) => name));
  return from(service.path, {
    name: designed.name,
    image: at(service.image.reference === undefined ? 'build' : 'image', designed.image),
    imagePullPolicy: pullPolicy(designed),
    restartPolicy: designed.start.phase === 'ahead' ? 'Always' : undefined,
    ...argv(designed, context),
    workingDir: at('working_dir', service.process.workingDir),
    tty: at('tty', service.process.tty ? true : undefined),
    stdin: at('stdin_open', service.process.stdin ? true : undefined),
    ...environmentOf(designed),
    ports: some(containerPorts(designed)),
    resources: at(
      'deploy/resources',
      filled({
        requests: amounts(designed.requests, service.resources.reservations.paths),
        limits: amounts(designed.limits, limitPaths(service)),
      }),
    ),
    readinessProbe: emitProbe(probes.readiness, inline),
    livenessProbe: emitProbe(probes.liveness, inline),
    startupProbe: emitProbe(probes.startup, inline),
    lifecycle: designed.start.phase === 'before' ? undefined : emitLifecycle(designed),
    securityContext: containerSecurity(service),
    volumeMounts: some(emitMounts(designed)),
  });
}

const PULL = { always: 'Always', 'if-absent': 'IfNotPresent', never: 'Never' } as const;

export function pullPolicy({ service, settings }: DesignedService): Draft {
  if (settings.pullPolicy !== undefined) return settings.pullPolicy;
  return service.image.pull === undefined ? undefined : from(`${service.path}/pull_policy`, PULL[service.image.pull]);
}

/**
 * `entrypoint` is the command, `command` the arguments (M1). An entry point that is cleared leaves the arguments as the
 * whole command line.
 */
function argv(designed: DesignedService, { design }: EmitContext): DraftRecord {
  const { service, references } = designed;
  const { entrypoint, command } = service.process;
  const escape = (words: readonly string[]): readonly string[] =>
    words.map((word) => withReferences(word, design.placeholders, references));
  const args =
    command === undefined || command.length === 0 ? undefined : from(`${service.path}/command`, escape(command));
  if (entrypoint === undefined) return { args };
  if (!isCleared(entrypoint)) return { command: from(`${service.path}/entrypoint`, escape(entrypoint)), args };
  return { command: args === undefined ? undefined : from(`${service.path}/entrypoint`, args) };
}

/** An entry point of nothing, or of one empty word, takes that of the image away. */
export function isCleared(entrypoint: readonly string[]): boolean {
  return entrypoint.length === 0 || (entrypoint.length === 1 && entrypoint[0] === '');
}

/** How a container of the service gets its variables. */
export function environmentOf(designed: DesignedService): {
  readonly envFrom: readonly Draft[] | undefined;
  readonly env: readonly Draft[] | undefined;
} {
  return { envFrom: some(environmentSources(designed)), env: some(inlineEnvironment(designed)) };
}

function environmentSources(designed: DesignedService): readonly Draft[] {
  const { sets, environment } = designed;
  const { plain, secret } = environment;
  return [
    ...(plain.length > 0 ? [{ configMapRef: { name: sets.plain } }] : []),
    ...(secret.length > 0 ? [{ secretRef: { name: sets.secret } }] : []),
  ];
}

function inlineEnvironment(designed: DesignedService): readonly Draft[] {
  return designed.environment.inline.map(({ name, value, fromSecret, key, path }) =>
    from(
      path,
      fromSecret
        ? { name, valueFrom: { secretKeyRef: { name: designed.sets.secret, key } } }
        : { name, value: escapeExpansion(value) },
    ),
  );
}

function containerPorts({ ports, settings }: DesignedService): readonly Draft[] {
  return ports.map((port) =>
    from(port.path, {
      name: port.name,
      containerPort: port.port,
      protocol: port.protocol.toUpperCase(),
      hostPort: settings.hostPorts === true && !port.loopback ? port.published : undefined,
    }),
  );
}

/** Each from the key that says it, where one does. */
function amounts(quantities: Readonly<Record<string, string>>, paths: Readonly<Record<string, string>>): Draft {
  const all = Object.entries(quantities).map(([name, value]): [string, Draft] => {
    const path = Object.hasOwn(paths, name) ? paths[name] : undefined;
    return [name, path === undefined ? value : from(path, value)];
  });
  return all.length === 0 ? undefined : Object.fromEntries(all);
}

function limitPaths({ resources, path }: DesignedService['service']): Readonly<Record<string, string>> {
  const gpus = resources.gpus.map((gpu) => [gpuResource(gpu), gpu.path] as const);
  return {
    ...Object.fromEntries(gpus),
    'ephemeral-storage': `${path}/storage_opt/size`,
    ...resources.limits.paths,
  };
}
