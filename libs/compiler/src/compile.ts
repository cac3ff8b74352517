import { isDnsLabel, objectId, own } from '@ushadow/kubernetes';
import type { CompileInput } from './compile-input.ts';
import type { CompileResult, ObjectDependency, SourceMapEntry } from './compile-result.ts';
import type { Reporter } from './diagnostics/reporter.ts';
import { createReporter } from './diagnostics/reporter.ts';
import type { EmitContext } from './emit/emit-context.ts';
import { emitContext } from './emit/build-emit-context.ts';
import type { EmittedObject } from './emit/emit-objects.ts';
import { emitObjects } from './emit/emit-objects.ts';
import { workloadId } from './emit/workload.ts';
import { reportKeys } from './keys/report-keys.ts';
import { tracesOf } from './keys/traces.ts';
import { lowerProject } from './lower/lower-project.ts';
import { draftDesign } from './passes/draft-design.ts';
import { applyPatches } from './patches/apply-patches.ts';
import { hasProjectPatches } from './patches/read-patches.ts';
import { decide } from './passes/pass-order.ts';
import { describeServices, claimsOf } from './describe-services.ts';
import { reportedPaths } from './select/reported-paths.ts';
import { selectServices, withPodMates } from './select/select-services.ts';
import { BoundedFiles } from './storage/bounded-files.ts';
import { selectionOf, wholeInput } from './select/selection.ts';
import { fillInSecrets } from './emit/fill-in-secrets.ts';
import { maskedFinding } from './sensitive/masked-finding.ts';
import { checkObjects } from './rules/check-objects.ts';
import { checkPolicy, judgePods, levelsOf } from './rules/check-policy.ts';
import { checkDesign } from './rules/check-design.ts';
import { checkFeatures } from './rules/check-features.ts';
import { checkVersion } from './rules/check-version.ts';
import { hasMinor, targetVersion } from '@ushadow/kubernetes-schema';

/** The minor release whose Services may have names that begin with a digit. */
const DIGIT_FIRST = 36;

/**
 * Compose project to Kubernetes objects: lower to an application, decide pass by pass, check, emit, patch, validate. Total and pure:
 * whatever the project holds, the answer is objects and diagnostics, and equal input gives equal output. Everything is decided on the
 * whole project; objects are made for what was asked for.
 */
export function compile(asked: CompileInput): CompileResult {
  const input = { ...wholeInput(asked), files: new BoundedFiles(asked.files) };
  const reporter = createReporter(input.positions);
  checkRequest(input, reporter);
  const selection = selectionOf(asked);
  const app = lowerProject(input.project);
  const version = targetVersion(input.target.version);
  const design = decide(
    draftDesign(app, (service) => selection.on.has(service), hasMinor(version, DIGIT_FIRST) ? 'rfc1123' : 'rfc1035'),
    { input, report: reporter.report },
  );
  const compiled = withPodMates(design, selection.compiled);
  const reported = withPodMates(design, selection.reported);
  checkDesign(selectServices(design, reported), { input, report: reporter.report });
  const context = emitContext(design, input);
  // A patch of the project may be for an object of any service.
  const made = hasProjectPatches(input.project) ? new Set(context.byName.keys()) : new Set([...compiled, ...reported]);
  const filledIn = fillInSecrets(emitObjects(context, made), design.placeholders, reporter.report);
  const patched = applyPatches(filledIn, input.project, context, version.schema, reporter.report);
  const emitted = patched.filter(
    ({ services }) => services.length === 0 || services.some((service) => compiled.has(service)),
  );
  checkVersion(input.target.version, reporter.report);
  checkFeatures(emitted, version, reporter.report);
  checkObjects(emitted, version.schema, reporter.report);
  const pods = judgePods(emitted);
  checkPolicy(emitted, pods, context, reporter.report);
  const outcome = {
    objects: tracesOf(emitted.flatMap(({ sources }) => sources.map(({ path }) => path))),
    findings: tracesOf(reporter.paths()),
  };
  const coverage = reportKeys(input.project, [...reported], outcome, reporter.report);
  const findings = reporter
    .finish(input.options?.strict === true)
    .map((found) => maskedFinding(found, design.placeholders));
  const isReported = reportedPaths(app, reported);
  const diagnostics = findings.filter(({ path }) => isReported(path));
  return {
    objects: emitted.map(({ object }) => object),
    shares: emitted.map(({ object, services }) => ({ object: objectId(object), services })),
    services: describeServices(context, compiled, levelsOf(pods)),
    claims: claimsOf(design),
    diagnostics,
    sourceMap: sourceMapOf(emitted, input),
    dependencies: dependenciesOf(context, compiled, input),
    coverage,
    ok: !diagnostics.some(({ severity }) => severity === 'error'),
  };
}

function checkRequest({ project, services, findingsFor = [], target }: CompileInput, { report }: Reporter): void {
  if (!isDnsLabel(target.namespace)) report('CMP0107', '', { namespace: target.namespace });
  for (const service of new Set([...(services === 'all' ? [] : (services ?? [])), ...findingsFor])) {
    if (own(project.services, service) === undefined) report('CMP0106', '', { service });
  }
}

/** Many fields come from one place: each is looked up once. */
function sourceMapOf(emitted: readonly EmittedObject[], { positions }: CompileInput): readonly SourceMapEntry[] {
  const known = new Map<string, Pick<SourceMapEntry, 'position'>>();
  const placeOf = (path: string): Pick<SourceMapEntry, 'position'> => {
    const place = known.get(path);
    if (place !== undefined) return place;
    const position = positions.at(path);
    const found = position === undefined ? {} : { position };
    known.set(path, found);
    return found;
  };
  return emitted.flatMap(({ object, sources }) => {
    const id = objectId(object);
    return sources.map(({ pointer, path }) => ({ object: id, pointer, path, ...placeOf(path) }));
  });
}

/** A service that is not compiled along is named all the same, unless it is off: it may be in the cluster already. */
function dependenciesOf(
  context: EmitContext,
  compiled: ReadonlySet<string>,
  { services }: CompileInput,
): readonly ObjectDependency[] {
  return context.design.services.flatMap((designed) => {
    if (!compiled.has(designed.service.name)) return [];
    return designed.waits.flatMap(({ service, condition }) => {
      const target = context.byName.get(service);
      if (target === undefined || target.host === designed.host) return [];
      if (!target.on && services !== 'all') return [];
      const to = workloadId(target, context);
      // Who runs to its end inside of a pod that stays has ended when the pod is ready.
      const met = condition === 'completed' && to.kind !== 'Job' ? 'ready' : condition;
      return [{ from: workloadId(designed, context), to, condition: met }];
    });
  });
}
