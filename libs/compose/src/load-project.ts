import { decodeProject } from './canonical/decode.ts';
import { normalize } from './canonical/normalize.ts';
import { checkProject } from './check/check-project.ts';
import { NOTHING_REPORTED, Report } from './diagnostics/report.ts';
import { GuardedFiles } from './files/guarded-files.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import type { DeclaredVariable, LoadInput, LoadResult } from './load-input.ts';
import type { ComposeProject } from './model.ts';
import { settleEntryPoint } from './project/interpolation-environment.ts';
import type { EntryPoint } from './project/interpolation-environment.ts';
import { loadModel } from './project/load-model.ts';
import { LoadSession } from './project/model-scope.ts';
import { nodePositions } from './project/node-positions.ts';
import { activeProfiles, divideByProfile } from './project/profiles.ts';
import { projectName } from './project/project-name.ts';
import { alignReplicas } from './project/align-replicas.ts';
import { resolveBuildArguments } from './project/build-arguments.ts';
import { resolveEnvironment } from './project/service-environment.ts';
import { resolveLabels } from './project/service-labels.ts';
import { entriesOf, isNull, map, scalar, toPlain, withEntries, withEntry } from './tree/node.ts';
import type { MapNode } from './tree/node.ts';
import { WorkSpent } from './work.ts';

/**
 * Loads Compose files to one canonical project. Never throws on what the files hold: every finding is a
 * diagnostic, and all of them are reported at once. What costs more than the limits allow is an error like any other.
 */
export function loadProject(input: LoadInput): LoadResult {
  const limits = { ...DEFAULT_LIMITS, ...input.limits };
  const report = new Report(limits);
  const files = new GuardedFiles(input.port, limits, input.policy ?? {}, report);
  const session = new LoadSession(files, limits, report, input);
  const settled = withinBudget(() => settle(input, session));
  const loaded = settled && withinBudget(() => loadChecked(settled, input, session));
  return {
    ...(loaded ?? NOTHING_LOADED),
    directory: settled?.entry.directory ?? input.workingDirectory ?? '/',
    diagnostics: report.all(),
    ok: loaded !== undefined && !report.hasErrors,
    templates: session.templates.all(),
    filesRead: files.filesRead,
    interpolationEnvironment: settled?.entry.variables ?? input.environment,
    cost: session.work.cost,
  };
}

/** Undefined when the work for it is more than a load may do. */
function withinBudget<T>(step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    if (error instanceof WorkSpent) return undefined;
    throw error;
  }
}

const NOTHING_LOADED = { positions: nodePositions(undefined), declaredEnvironment: {} };

interface Settled {
  readonly entry: EntryPoint;
  readonly name: string;
}

function settle(input: LoadInput, session: LoadSession): Settled {
  const entry = settleEntryPoint(input, session);
  const name = projectName(input, entry, session);
  return { entry: { ...entry, variables: { ...entry.variables, COMPOSE_PROJECT_NAME: name } }, name };
}

function loadChecked({ entry, name }: Settled, input: LoadInput, session: LoadSession): Loaded | undefined {
  const loaded = entry.files.length > 0 ? loadTree(entry, name, input, session) : undefined;
  if (loaded && session.does('consistency') && session.does('interpolation'))
    checkProject({ project: loaded.project, positions: loaded.positions, report: session.report });
  return loaded;
}

type Loaded = Pick<LoadResult, 'positions' | 'declaredEnvironment' | 'model'> & { readonly project: ComposeProject };

function loadTree(entry: EntryPoint, name: string, input: LoadInput, session: LoadSession): Loaded | undefined {
  const { files, directory, variables } = entry;
  const environment = { values: variables, id: 0 };
  const model = loadModel({ session, files, directory, environment, including: [], asked: { path: [] } });
  if (model.entries.size === 0) {
    if (!session.report.hasErrors) session.report.add('CPS0108', {}, '', model.at);
    return undefined;
  }
  const normal = session.does('normalization') ? normalize(model, name, session.report) : withEmptyResources(model);
  const decoded = decodeProject(normal, session.report);
  const active = activeProfiles(input.profiles, variables);
  const { enabled, disabled } = divideByProfile(entriesOf(decoded.entries.get('services')), active);
  const { limits, work } = session;
  const quiet = new LoadSession(session.files.quietly(), limits, new Report(NOTHING_REPORTED), input, work);
  const on = resolveServices(enabled, { directory, variables }, session);
  const off = resolveServices(disabled, { directory, variables }, quiet);
  const tree = assemble(decoded, name, on.services, off.services);
  return {
    project: toPlain(tree) as unknown as ComposeProject,
    ...(session.does('interpolation') ? {} : { model: plainModel(normal, name) }),
    positions: nodePositions(tree),
    declaredEnvironment: Object.fromEntries([...on.declared, ...off.declared]),
  };
}

/** A resource without settings is there all the same. */
function withEmptyResources(model: MapNode): MapNode {
  return SECTIONS.reduce((tree, section) => {
    const resources = tree.entries.get(section);
    if (resources?.kind !== 'map') return tree;
    const entries = [...resources.entries].map(
      ([name, node]) => [name, isNull(node) ? map([], node.at) : node] as const,
    );
    return withEntry(tree, section, withEntries(resources, new Map(entries)));
  }, model);
}

function plainModel(model: MapNode, name: string): NonNullable<LoadResult['model']> {
  return toPlain(withEntry(model, 'name', scalar(name, model.at))) as NonNullable<LoadResult['model']>;
}

interface ResolvedServices {
  readonly services: ReadonlyMap<string, MapNode>;
  readonly declared: ReadonlyMap<string, readonly DeclaredVariable[]>;
}

function resolveServices(
  services: ReadonlyMap<string, MapNode>,
  surroundings: Pick<EntryPoint, 'directory' | 'variables'>,
  session: LoadSession,
): ResolvedServices {
  const resolved = new Map<string, MapNode>();
  const declared = new Map<string, readonly DeclaredVariable[]>();
  for (const [name, written] of services) {
    const result = resolveEnvironment(name, written, surroundings, session);
    declared.set(name, result.declared);
    const labelled = resolveLabels(name, result.service, surroundings.directory, session);
    resolved.set(name, alignReplicas(resolveBuildArguments(labelled, surroundings.variables)));
  }
  return { services: resolved, declared };
}

const SECTIONS = ['networks', 'volumes', 'configs', 'secrets', 'models'] as const;

function assemble(
  decoded: MapNode,
  name: string,
  enabled: ReadonlyMap<string, MapNode>,
  disabled: ReadonlyMap<string, MapNode>,
): MapNode {
  const at = decoded.entries.get('services')?.at ?? decoded.at;
  const named = withEntry(decoded, 'name', scalar(name, decoded.entries.get('name')?.at ?? decoded.at));
  const withServices = withEntry(named, 'services', map(enabled, at));
  const withDisabled = withEntry(withServices, 'disabledServices', map(disabled, at));
  return SECTIONS.reduce(
    (tree, section) => (tree.entries.has(section) ? tree : withEntry(tree, section, map([], decoded.at))),
    withDisabled,
  );
}
