import { own } from './text/own.ts';
import { pointerSegments } from '@ushadow/compose';
import { isDnsLabel, objectId, objectKey } from '@ushadow/kubernetes';
import type { CompileInput } from './compile-input.ts';
import type { CompileResult, ObjectDependency, SourceMapEntry } from './compile-result.ts';
import type { Reporter } from './diagnostics/reporter.ts';
import { createReporter } from './diagnostics/reporter.ts';
import type { EmitContext } from './emit/emit-context.ts';
import { emitContext } from './emit/emit-context.ts';
import type { EmittedObject } from './emit/emit-objects.ts';
import { emitObjects } from './emit/emit-objects.ts';
import { workloadId } from './emit/workload.ts';
import { reportKeys } from './keys/report-keys.ts';
import { lowerProject } from './lower/lower-project.ts';
import type { Plan } from './model/plan.ts';
import { draftPlan } from './passes/draft-plan.ts';
import { applyPatches } from './patches/apply-patches.ts';
import { PASSES } from './passes/pass-order.ts';
import { selectServices } from './passes/select-services.ts';
import { checkObjects } from './rules/check-objects.ts';
import { checkPlan } from './rules/check-plan.ts';
import type { KubeVersion } from './validate/schema/kube-version.ts';
import { defaultKubeVersion, parseKubeVersion } from './validate/schema/kube-version.ts';

/**
 * Compose project to Kubernetes objects: lower to an application, decide pass by pass, check, emit, patch, validate. Total and pure:
 * whatever the project holds, the answer is objects and diagnostics, and equal input gives equal output.
 */
export function compile(input: CompileInput): CompileResult {
  const reporter = createReporter(input.positions);
  checkRequest(input, reporter);
  const app = lowerProject(input.project, input.services);
  const decided = PASSES.reduce(
    (plan: Plan, pass) => pass.run(plan, { input, report: reporter.report }),
    draftPlan(app),
  );
  const plan = selectServices(decided, input.services);
  checkPlan(plan, { input, report: reporter.report });
  const context = emitContext(plan, input.options);
  const version = targetVersion(input, reporter);
  const emitted = applyPatches(
    withoutDuplicates(emitObjects(context), reporter),
    input.project,
    context,
    version,
    reporter.report,
  );
  const coverage = reportKeys(
    input.project,
    plan.services.map(({ service }) => service.name),
    reporter.report,
  );
  checkObjects(emitted, version, reporter.report);
  const findings = reporter.finish(input.options.strict === true);
  const diagnostics = findings.filter(({ path }) => concerns(path, plan, input));
  return {
    objects: emitted.map(({ object }) => object),
    diagnostics,
    sourceMap: emitted.flatMap((item) => sourceMapOf(item, input)),
    dependencies: dependenciesOf(context, decided),
    coverage,
    ok: !diagnostics.some(({ severity }) => severity === 'error'),
  };
}

/** With some services asked for, what is wrong with the others does not matter. */
function concerns(path: string, plan: Plan, { services, project }: CompileInput): boolean {
  const [top, name = ''] = pointerSegments(path);
  if (services === undefined || top !== 'services') return true;
  const elsewhere = own(project.services, name) !== undefined || own(project.disabledServices, name) !== undefined;
  return !elsewhere || services.includes(name) || plan.services.some(({ service }) => service.name === name);
}

function checkRequest({ project, services, options }: CompileInput, { report }: Reporter): void {
  if (!isDnsLabel(options.namespace)) report('CMP0107', '', { namespace: options.namespace });
  for (const service of services ?? []) {
    if (own(project.services, service) === undefined && own(project.disabledServices, service) === undefined)
      report('CMP0106', '', { service });
  }
}

/** The newest known version where nothing, or nothing known, is asked for. */
function targetVersion({ options }: CompileInput, { report }: Reporter): KubeVersion {
  const asked = options.kubeVersion;
  const known = asked === undefined ? defaultKubeVersion : parseKubeVersion(asked);
  if (known === undefined) report('CMP1202', '', { version: asked ?? '', known: defaultKubeVersion });
  return known ?? defaultKubeVersion;
}

function withoutDuplicates(emitted: readonly EmittedObject[], { report }: Reporter): readonly EmittedObject[] {
  const seen = new Set<string>();
  return emitted.filter(({ object, sources }) => {
    const key = objectKey(objectId(object));
    if (!seen.has(key)) return seen.add(key);
    report('CMP0104', sources[0]?.path ?? '', { kind: object.kind, name: object.metadata.name });
    return false;
  });
}

function sourceMapOf({ object, sources }: EmittedObject, { positions }: CompileInput): readonly SourceMapEntry[] {
  const id = objectId(object);
  return sources.map(({ pointer, path }) => {
    const position = positions.at(path);
    return { object: id, pointer, path, ...(position === undefined ? {} : { position }) };
  });
}

/** A service that is not compiled along is named all the same: it may be in the cluster already. */
function dependenciesOf(context: EmitContext, { services }: Plan): readonly ObjectDependency[] {
  const all = { ...context, byName: new Map(services.map((planned) => [planned.service.name, planned])) };
  return context.plan.services.flatMap((planned) =>
    planned.waits.flatMap(({ service, condition }) => {
      const target = all.byName.get(service);
      if (target === undefined || target.host === planned.host) return [];
      return [{ from: workloadId(planned, all), to: workloadId(target, all), condition }];
    }),
  );
}
