import { groupBy } from '@ushadow/kubernetes';
import { isShell } from '../health/recognise-probe.ts';
import type { Variable } from '../model/app.ts';
import type { Design, DesignedService, Probe, Probes } from '../model/design.ts';
import type { Hook } from '../model/process.ts';
import { inShell } from '../sensitive/references.ts';
import type { KnownSecret, SecretPlaceholders } from '../sensitive/secret-placeholders.ts';
import { hasPlaceholder, piecesOf, withSecrets } from '../sensitive/secret-placeholders.ts';
import type { Pass } from './pass.ts';
import { mapServices } from './pass.ts';

/**
 * Secrets in command lines are read from variables of the container, which are added where it has none: the kubelet fills
 * them into commands and arguments, a shell into the lines of probes and hooks.
 */
export const referToSecrets: Pass<Design> = {
  name: 'refer-to-secrets',
  run(design) {
    return design.placeholders.length === 0 ? design : mapServices(design, (designed) => referIn(designed, design));
  },
};

function referIn(designed: DesignedService, { placeholders }: Design): DesignedService {
  const used = secretsOf(textsOf(designed), placeholders);
  if (used.length === 0) return designed;
  const { service, environment } = designed;
  // A step or a hook may give a variable of the container another value.
  const { before, afterStart, beforeStop } = service.lifecycle;
  const ofHooks = new Set([...before, ...afterStart, ...beforeStop].flatMap((hook) => Object.keys(hook.environment)));
  const taken = new Set([...service.environment.map(({ name }) => name), ...ofHooks]);
  const held = groupBy(
    environment.secret.filter(({ name }) => SHELL_NAME.test(name) && !ofHooks.has(name)),
    ({ value }) => withSecrets(value, placeholders),
  );
  const references = new Map<string, string>();
  const added: Variable[] = [];
  for (const secret of used) {
    const [known] = held.get(secret.value) ?? [];
    const name = known?.name ?? freeName(secret, taken);
    references.set(secret.value, name);
    if (known !== undefined) continue;
    taken.add(name);
    added.push({ name, value: secret.value, secret: true, path: `${service.path}/command` });
  }
  const line = (command: readonly string[]): readonly string[] => readingCommand(command, placeholders, references);
  const hooks = (list: readonly Hook[]): readonly Hook[] =>
    list.map((hook) => ({ ...hook, command: line(hook.command) }));
  return {
    ...designed,
    references,
    environment: { ...environment, secret: [...environment.secret, ...added] },
    probes: mapProbes(designed.probes, line),
    service: {
      ...service,
      lifecycle: { ...service.lifecycle, afterStart: hooks(afterStart), beforeStop: hooks(beforeStop) },
    },
  };
}

/** What a shell takes for the name of a variable; the kubelet takes more. */
const SHELL_NAME = /^[A-Za-z_]\w*$/;

/** The texts in which a variable can stand for a secret. */
function textsOf({ service, probes }: DesignedService): readonly string[] {
  const { process, lifecycle } = service;
  const steps = lifecycle.before.flatMap(({ command, environment }) => [...command, ...Object.values(environment)]);
  const commands = [
    ...[probes.readiness, probes.liveness, probes.startup].flatMap((probe) =>
      probe?.handler.kind === 'exec' ? [probe.handler.command] : [],
    ),
    ...[...lifecycle.afterStart, ...lifecycle.beforeStop].map(({ command }) => command),
  ];
  const lines = commands.filter(isShell).flatMap((command) => command[2] ?? []);
  return [...(process.entrypoint ?? []), ...(process.command ?? []), ...steps, ...lines];
}

function secretsOf(texts: readonly string[], placeholders: SecretPlaceholders): readonly KnownSecret[] {
  const pieces = texts.filter(hasPlaceholder).flatMap((text) => piecesOf(text, placeholders));
  return [...new Set(pieces.filter((piece) => typeof piece !== 'string'))];
}

/** A name that no program knows, so that the added variable changes nothing but the command line. */
function freeName({ names }: KnownSecret, taken: ReadonlySet<string>): string {
  const base = `USHADOW_${(names[0] ?? '').toUpperCase().replace(/[^A-Z0-9_]+/g, '_')}`;
  let name = base;
  for (let count = 2; taken.has(name); count += 1) name = `${base}_${count}`;
  return name;
}

/** `sh -c LINE` reads them by itself; no other program does. */
function readingCommand(
  command: readonly string[],
  placeholders: SecretPlaceholders,
  references: ReadonlyMap<string, string>,
): readonly string[] {
  const [shell = '', flag = '', text = ''] = command;
  const line = isShell(command) ? inShell(text, placeholders, references) : undefined;
  return line === undefined ? command : [shell, flag, line];
}

function mapProbes(
  { readiness, liveness, startup }: Probes,
  map: (command: readonly string[]) => readonly string[],
): Probes {
  const mapped = (probe: Probe): Probe =>
    probe.handler.kind === 'exec'
      ? { ...probe, handler: { ...probe.handler, command: map(probe.handler.command) } }
      : probe;
  return {
    ...(readiness === undefined ? {} : { readiness: mapped(readiness) }),
    ...(liveness === undefined ? {} : { liveness: mapped(liveness) }),
    ...(startup === undefined ? {} : { startup: mapped(startup) }),
  };
}
