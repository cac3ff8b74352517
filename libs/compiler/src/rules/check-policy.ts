import type { JsonObject, KubeObject, PodSecurityViolation } from '@ushadow/kubernetes';
import { isJsonObject, judgePod, levelOf, podTemplateOf, valueAt, groupBy } from '@ushadow/kubernetes';
import type { PodPolicy } from '../compile-input.ts';
import type { Report } from '../diagnostics/reporter.ts';
import type { EmitContext } from '../emit/emit-context.ts';
import type { EmittedObject } from '../emit/emit-objects.ts';
import { isAllowedPath } from '../storage/paths.ts';
import { objectsIn, textAt } from '@ushadow/kubernetes-schema';
import { nearestSource } from './nearest-source.ts';

/**
 * What whoever runs this installation lets pods do, judged on the pods as they will be, whatever brought a field there:
 * the Compose file, a label, a specification or a patch. A refusal is said at the line.
 */
export function checkPolicy(
  emitted: readonly EmittedObject[],
  judged: JudgedPods,
  context: EmitContext,
  report: Report,
): void {
  const policy = context.target.policies?.pods ?? {};
  const ownAccounts = new Set(
    emitted.filter(({ object }) => object.kind === 'ServiceAccount').map(({ object }) => object.metadata.name),
  );
  for (const item of emitted) {
    const found = podTemplateOf(item.object);
    if (found === undefined) continue;
    const pod: JudgedPod = {
      service: hostService(item.object, context),
      template: found.template,
      violations: judged.get(item.object) ?? [],
      pathOf: (pointer) => nearestSource(item, found.pointer + pointer),
    };
    checkLevel(pod, policy, report);
    checkHostPaths(pod, policy, report);
    checkAccount(pod, policy, ownAccounts, report);
  }
}

interface JudgedPod {
  readonly service: string;
  readonly template: JsonObject;
  readonly violations: readonly PodSecurityViolation[];
  /** The line of a JSON pointer into the template. */
  readonly pathOf: (pointer: string) => string;
}

function checkLevel({ service, violations, pathOf }: JudgedPod, policy: PodPolicy, report: Report): void {
  const allowed = policy.podSecurity ?? 'privileged';
  const refused = violations.filter(({ level }) =>
    level === 'baseline' ? allowed !== 'privileged' : allowed === 'restricted',
  );
  for (const [path, here] of groupBy(refused, ({ pointer }) => pathOf(pointer)))
    report('CMP1010', path, { service, allowed, what: wordsOf(here) });
  const beyond = violations.filter(({ level }) => level === 'baseline');
  const [first] = beyond;
  if (first !== undefined && refused.length === 0)
    report('CMP0811', pathOf(first.pointer), { service, reasons: wordsOf(beyond) });
}

function wordsOf(violations: readonly PodSecurityViolation[]): string {
  return [...new Set(violations.map(({ what }) => what))].join(', ');
}

function checkHostPaths({ service, template, pathOf }: JudgedPod, policy: PodPolicy, report: Report): void {
  for (const [index, volume] of objectsIn(valueAt(template, ['spec', 'volumes']))) {
    if (!isJsonObject(volume['hostPath'])) continue;
    const source = textAt(volume['hostPath']['path']) ?? '/';
    if (isAllowedPath(source, policy)) continue;
    report('CMP0911', pathOf(`/spec/volumes/${index}/hostPath`), { service, source });
  }
}

/** Both names that the field has had; the second is still heard. */
const ACCOUNT_FIELDS = ['serviceAccountName', 'serviceAccount'] as const;

function checkAccount(
  { service, template, pathOf }: JudgedPod,
  { serviceAccounts }: PodPolicy,
  own: ReadonlySet<string>,
  report: Report,
): void {
  if (serviceAccounts === undefined) return;
  for (const field of ACCOUNT_FIELDS) {
    const account = textAt(valueAt(template, ['spec', field]));
    if (account === undefined || account === 'default' || own.has(account) || serviceAccounts.includes(account))
      continue;
    report('CMP1011', pathOf(`/spec/${field}`), { service, account });
    return;
  }
}

/** What the levels of Pod Security forbid about the pods of each workload. */
export type JudgedPods = ReadonlyMap<KubeObject, readonly PodSecurityViolation[]>;

export function judgePods(emitted: readonly EmittedObject[]): JudgedPods {
  return new Map(
    emitted.flatMap(({ object }) => {
      const found = podTemplateOf(object);
      return found === undefined ? [] : [[object, judgePod(found.template)]];
    }),
  );
}

/** The least strict level of a namespace that takes the pods of each workload, by kind and name. */
export function levelsOf(judged: JudgedPods): ReadonlyMap<string, ReturnType<typeof levelOf>> {
  return new Map(
    [...judged].map(([{ kind, metadata }, violations]) => [`${kind}/${metadata.name}`, levelOf(violations)]),
  );
}

/** The service whose pod a workload runs. */
export function hostService({ metadata }: KubeObject, { design }: Pick<EmitContext, 'design'>): string {
  const host = design.services.find(({ name, host: of, service }) => name === metadata.name && of === service.name);
  return host?.service.name ?? metadata.name;
}
