import type { ComposeService } from '../model.ts';
import { jsonPointer } from '../positions.ts';
import type { CheckContext } from './check-context.ts';

interface Reference {
  readonly kind: 'network' | 'volume' | 'config' | 'secret' | 'model';
  readonly target: string;
  readonly path: readonly (string | number)[];
}

/** Every name a service refers to must be defined; a dependency must also be switched on. */
export function checkReferences(name: string, service: ComposeService, context: CheckContext): void {
  const { project, positions, report } = context;
  for (const { kind, target, path } of referencesOf(service)) {
    if (Object.hasOwn(project[`${kind}s`], target)) continue;
    const pointer = jsonPointer(['services', name, ...path]);
    report.add('CPS0702', { service: name, target, kind }, pointer, positions.at(pointer));
  }
  checkDependencies(name, service, context);
  checkBuildContexts(name, service, context);
}

function referencesOf(service: ComposeService): readonly Reference[] {
  const named = service.volumes?.flatMap(({ type, source }, index): Reference[] =>
    type === 'volume' && source ? [{ kind: 'volume', target: source, path: ['volumes', index, 'source'] }] : [],
  );
  return [
    ...Object.keys(service.networks ?? {}).map((target): Reference => ({
      kind: 'network',
      target,
      path: ['networks', target],
    })),
    ...(named ?? []),
    ...grants('config', 'configs', service.configs),
    ...grants('secret', 'secrets', service.secrets),
    ...grants('secret', 'build/secrets', service.build?.secrets),
    ...Object.keys(service.models ?? {}).map((target): Reference => ({
      kind: 'model',
      target,
      path: ['models', target],
    })),
  ];
}

function grants(kind: Reference['kind'], place: string, list: ComposeService['configs']): readonly Reference[] {
  return (list ?? []).map(({ source }, index) => ({
    kind,
    target: source,
    path: [...place.split('/'), index, 'source'],
  }));
}

function checkDependencies(name: string, service: ComposeService, { project, positions, report }: CheckContext): void {
  for (const [target, { required }] of Object.entries(service.depends_on ?? {})) {
    if (Object.hasOwn(project.services, target)) continue;
    const path = jsonPointer(['services', name, 'depends_on', target]);
    const disabled = Object.hasOwn(project.disabledServices, target) ? project.disabledServices[target] : undefined;
    if (disabled && !required) continue;
    if (disabled) {
      const profiles = disabled.profiles ?? [];
      report.add('CPS0707', { service: name, target, profiles }, path, positions.at(path));
    } else {
      const suggestion = report.suggestion(target, () => Object.keys(project.services));
      report.add('CPS0701', { service: name, target, suggestion }, path, positions.at(path));
    }
  }
}

function checkBuildContexts(
  name: string,
  { build }: ComposeService,
  { project, positions, report }: CheckContext,
): void {
  for (const [context, location] of Object.entries(build?.additional_contexts ?? {})) {
    if (!location.startsWith('service:')) continue;
    const target = location.slice('service:'.length);
    const places = [project.services, project.disabledServices];
    if (places.some((services) => Object.hasOwn(services, target) && services[target]?.build)) continue;
    const path = jsonPointer(['services', name, 'build', 'additional_contexts', context]);
    report.add('CPS0710', { service: name, target, context }, path, positions.at(path));
  }
}
