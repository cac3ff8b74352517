import { everyService } from '@ushadow/compiler';
import type { ComposeProject } from '@ushadow/compose';
import {
  chooseValues,
  filledBy,
  resolveProject,
  type ChosenValues,
  type ProjectInput,
  type ResolvedEnvironment,
  type ResolvedVariable,
  type ScannedNamespace,
  type ValueLayers,
} from '@ushadow/environment';
import { infrastructureOf } from '@ushadow/scan';
import { loadSource, type LoadedSource } from '../catalog/load-source.ts';
import type { ProjectSource } from '../catalog/project-source.ts';
import { declaredValues, ownOf, type DeclaredEntry } from '../environment/declared-values.ts';
import type { SavedEnvironment } from '../environment/place.ts';
import { ownNames } from './own-names.ts';

type Values = Readonly<Record<string, string>>;

/** What the values of a project are decided from beside its files: all that has to be asked for. */
export interface Gathering {
  /** The operator's variables, where the project may see them. */
  readonly operator: Values;
  readonly settings: readonly { readonly path: string; readonly value: string; readonly isSecret: boolean }[];
  /** By id of a service. */
  readonly saved: ReadonlyMap<string, SavedEnvironment>;
  readonly scans: readonly ScannedNamespace[];
  /** Why the scans could not be asked for; what they know is then not "nothing". */
  readonly unavailable: string | undefined;
}

export interface ProjectRequest {
  readonly profiles?: readonly string[] | undefined;
  /** Projects whose infrastructure counts when a scan has found it. */
  readonly infraOf?: readonly string[] | undefined;
  readonly layers?: Partial<ValueLayers>;
  /** For the containers of one service alone. */
  readonly serviceValues?: Readonly<Record<string, Values>>;
  /** The user's word on what is secret. */
  readonly secrets?: Readonly<Record<string, boolean>>;
  /** How strong a value is that was saved for a service. */
  readonly savedAs: ProjectInput['savedAs'];
}

export interface GatheredService extends ResolvedEnvironment {
  readonly declared: readonly DeclaredEntry[];
}

export interface GatheredProject {
  /** Filled with what was chosen. */
  readonly loaded: LoadedSource;
  readonly chosen: ChosenValues;
  /** Of every service, of whatever profile. */
  readonly services: ReadonlyMap<string, GatheredService>;
  /** Why the scans could not be asked for; what they know is then not "nothing". */
  readonly unanswered: string | undefined;
}

/** Has the values of a project decided, and fills its files with them. */
export function gatherProject(source: ProjectSource, request: ProjectRequest, gathering: Gathering): GatheredProject {
  const { profiles = [] } = request;
  const { operator, settings, saved, scans, unavailable } = gathering;
  const plain = loadSource(source, operator, profiles);
  const names = plain.result.project === undefined ? [] : everyService(plain.result.project);
  const { fixed, given } = divide(plain.result.interpolationEnvironment);
  const input = (loaded: LoadedSource): ProjectInput => ({
    services: names.map((name) => {
      const kept = saved.get(`${source.stem}:${name}`);
      return {
        id: `${source.stem}:${name}`,
        name,
        declared: declaredValues(name, loaded, fixed),
        typed: ownOf(request.serviceValues, name) ?? {},
        saved: kept?.values ?? {},
        secrets: kept?.secrets ?? {},
      };
    }),
    references: loaded.result.templates.flatMap(({ references }) => references),
    layers: layersOf(request, given),
    savedAs: request.savedAs,
    settings: settings.map(({ path, value, isSecret }) => ({ path, value, secret: isSecret })),
    scans: scans.map((scan) => withChosen(scan, request.infraOf ?? [])),
    ownNames: ownNamesOf(loaded.result.project),
    interpolation: fixed,
    secretOverrides: request.secrets ?? {},
  });
  const chosen = chooseValues(input(plain));
  const filled = filledBy(chosen);
  const isFilled = Object.entries(filled).every(([name, value]) => ownOf(given, name) === value);
  const loaded = isFilled ? plain : loadSource(source, { ...operator, ...filled }, profiles);
  const filledInput = input(loaded);
  const resolved = resolveProject(filledInput, chosen);
  const services = filledInput.services.map(({ name, declared }): [string, GatheredService] => [
    name,
    { ...EMPTY, ...resolved.get(name), declared: declared as readonly DeclaredEntry[] },
  ]);
  const unanswered =
    unavailable === undefined ? undefined : `What scans have found cannot be asked for: ${unavailable}`;
  return { loaded, chosen, services: new Map(services), unanswered };
}

/** What belongs to a stack that was chosen counts like what belongs to none. */
function withChosen({ namespace, infra }: ScannedNamespace, chosen: readonly string[]): ScannedNamespace {
  const counts = Object.entries(infra).map(([type, found]) => {
    const isChosen = found.stack !== null && found.stack !== undefined && chosen.includes(found.stack);
    return [type, isChosen ? { ...found, stack: null } : found] as const;
  });
  return { namespace, infra: Object.fromEntries(counts) };
}

const EMPTY: ResolvedEnvironment = { variables: [], unresolved: [], problems: [] };

/** Nothing above the scan has a value, and name or default stand for infrastructure. */
export function mayBeScanned({ name, declared, winner }: ResolvedVariable, kept: ReadonlySet<string>): boolean {
  const isAbove = winner !== undefined && winner.source !== 'default';
  return declared && !isAbove && !kept.has(name) && infrastructureOf(name, winner?.value) !== undefined;
}

/** What steers Compose itself is for nobody to choose; the rest is what the project's own env file and the operator say. */
function divide(variables: Values): { readonly fixed: Values; readonly given: Values } {
  const [fixed, given] = [true, false].map((steers) =>
    Object.fromEntries(Object.entries(variables).filter(([name]) => STEERS.test(name) === steers)),
  );
  return { fixed: fixed ?? {}, given: given ?? {} };
}

const STEERS = /^COMPOSE_/;

function layersOf({ layers = {} }: ProjectRequest, given: Values): ValueLayers {
  const { typed = {}, shell = {}, envFile = {}, remembered = {} } = layers;
  const plain = (values: Values): Values => divide(values).given;
  return {
    typed: plain(typed),
    shell: plain(shell),
    envFile: { ...given, ...plain(envFile) },
    remembered: plain(remembered),
  };
}

function ownNamesOf(project: ComposeProject | undefined): ReadonlySet<string> {
  return project === undefined ? new Set() : ownNames(project);
}
