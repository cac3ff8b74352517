import { substitute } from '@ushadow/compose';
import type { ProjectVariableData } from '@ushadow/contracts';
import {
  judgeCandidate,
  weakSecret,
  type Candidate,
  type NamedValue,
  type ResolvedVariable,
} from '@ushadow/environment';
import type { SourcePlace } from '../catalog/project-source.ts';
import { toPlace } from '../catalog/to-diagnostic.ts';
import type { GatheredProject } from './gather-project.ts';
import { nameUses, type NameUse } from './name-uses.ts';
import { ownOf } from '../environment/declared-values.ts';
import type { UnresolvedPlace } from './unresolved.ts';

interface Described {
  readonly source: SourcePlace;
  readonly gathered: GatheredProject;
  readonly selected: readonly string[];
  readonly unresolved: readonly UnresolvedPlace[];
  /** The user's word on what is secret. */
  readonly secrets: Readonly<Record<string, boolean>>;
}

/** Each name once for the whole project: what the selected services refer to, and what their containers have. */
export function describeVariables(input: Described): readonly ProjectVariableData[] {
  const { gathered, selected, unresolved } = input;
  const isSelected = new Set(selected);
  const uses = nameUses(gathered.loaded, gathered.services);
  const containers = containersByName(gathered, selected);
  const missing = new Set(unresolved.map(({ name }) => name));
  const referred = [...uses].filter(([, all]) =>
    all.some(({ service }) => service === undefined || isSelected.has(service)),
  );
  const names = [...new Set([...referred.map(([name]) => name), ...containers.keys()])].sort();
  return names.map((name) =>
    describe(name, uses.get(name) ?? [], containers.get(name) ?? [], missing.has(name), input),
  );
}

interface Container {
  readonly service: string;
  readonly variable: ResolvedVariable;
}

function containersByName(
  { services }: GatheredProject,
  selected: readonly string[],
): ReadonlyMap<string, readonly Container[]> {
  const all = selected.flatMap((service) =>
    (services.get(service)?.variables ?? []).map((variable): Container => ({ service, variable })),
  );
  return Map.groupBy(all, ({ variable }) => variable.name);
}

function describe(
  name: string,
  uses: readonly NameUse[],
  containers: readonly Container[],
  isMissing: boolean,
  { source, gathered, secrets }: Described,
): ProjectVariableData {
  const override = [ownOf(secrets, name), ...containers.map(({ variable }) => variable.secretOverride)].find(
    (each) => each !== undefined,
  );
  const named =
    uses.length > 0 ? (ownOf(gathered.chosen.named, name) ?? []).map((each) => fromNamed(name, each, override)) : [];
  const fallbacks = fallbacksOf(name, uses, gathered).map((value) => fallbackOf(name, value, override));
  const candidates = merged(named, containers, fallbacks);
  const winner = winnerOf(named, containers, fallbacks);
  const secretReason = whySecret(name, winner, candidates, containers, override);
  const isSecret = secretReason !== null;
  const message = uses.find(({ reference }) => reference.kind === 'required' && (reference.fallback ?? '') !== '');
  return {
    name,
    ...(isMissing ? NOT_SET : shownValueOf(name, winner, isSecret)),
    is_secret: isSecret,
    secret_reason: secretReason,
    secret_override: override ?? null,
    is_required: isMissing || uses.some(insists),
    required_message: message?.reference.fallback ?? null,
    uses: uses.map(({ path, position, service = null }) => {
      const { file = null, line = null, column = null } = toPlace(position, source);
      return { file, line, column, path, service };
    }),
    containers: containers.map(({ service }) => service),
    candidates: candidates.map((candidate) => toCandidate(candidate, isSecret)),
  };
}

type ShownValue = Pick<ProjectVariableData, 'value' | 'source' | 'reason' | 'is_set' | 'weak'>;

const NOT_SET: ShownValue = { value: null, source: 'none', reason: null, is_set: false, weak: null };

function shownValueOf(name: string, { value, values, source, reason, isSet }: Winner, isSecret: boolean): ShownValue {
  if (!isSet) return NOT_SET;
  const weak = isSecret ? weakness(name, values) : undefined;
  return { value: isSecret ? null : (value ?? null), source, reason, is_set: true, weak: weak ?? null };
}

/** Null when it may be shown: no container has it as a secret, and neither its name nor a value speaks for one. */
function whySecret(
  name: string,
  { value }: Winner,
  candidates: readonly Candidate[],
  containers: readonly Container[],
  override: boolean | undefined,
): string | null {
  const hidden = containers.find(({ variable }) => variable.secret);
  if (hidden !== undefined) return hidden.variable.secretReason;
  const { secret, reason } = judgeCandidate(name, value ?? '', { override });
  if (secret) return reason;
  return candidates.some((candidate) => candidate.secret && candidate.eligible) ? 'a value of it is secret' : null;
}

function toCandidate(candidate: Candidate, isSecret: boolean): ProjectVariableData['candidates'][number] {
  const { source, value, secret, reason, settingPaths, saved, eligible } = candidate;
  const isHidden = secret || isSecret;
  return {
    source,
    value: isHidden ? null : value,
    is_secret: isHidden,
    reason,
    setting_paths: [...settingPaths],
    saved,
    eligible,
  };
}

interface Winner {
  readonly value: string | undefined;
  /** All that are used, where services differ. */
  readonly values: readonly string[];
  readonly source: ProjectVariableData['source'];
  readonly reason: string | null;
  readonly isSet: boolean;
}

function winnerOf(
  named: readonly Candidate[],
  containers: readonly Container[],
  fallbacks: readonly Candidate[],
): Winner {
  const chosen = named.find(({ eligible }) => eligible);
  const used = containers.flatMap(({ service, variable }) =>
    variable.winner === undefined ? [] : [{ service, ...variable.winner }],
  );
  if (chosen !== undefined) {
    const others = used.filter(({ value }) => value !== chosen.value).map(({ service }) => service);
    const aside = others.length === 0 ? '' : `; ${listed(others)} has a text of its own`;
    const values = [chosen.value, ...used.map(({ value }) => value)];
    return { value: chosen.value, values, source: chosen.source, reason: chosen.reason + aside, isSet: true };
  }
  const all = [...used, ...fallbacks.map((candidate) => ({ ...candidate, service: undefined }))];
  const values = [...new Set(all.map(({ value }) => value))];
  const [first] = all;
  if (first === undefined) return { value: undefined, values, source: 'none', reason: null, isSet: false };
  if (values.length === 1)
    return { value: first.value, values, source: first.source, reason: first.reason, isSet: true };
  const services = [...new Set(used.map(({ service }) => service))];
  const reason = `${services.length > 1 ? `${listed(services)} have different values` : 'the files have different values'}; one for all can be typed`;
  return { value: undefined, values, source: first.source, reason, isSet: true };
}

/** Every value once, the strongest first; one that several services have names them. */
function merged(
  named: readonly Candidate[],
  containers: readonly Container[],
  fallbacks: readonly Candidate[],
): readonly Candidate[] {
  const found = new Map<string, { readonly candidate: Candidate; readonly services: string[] }>();
  const add = (candidate: Candidate, service?: string): void => {
    const { source, value, settingPaths, saved } = candidate;
    const key = JSON.stringify([source, value, settingPaths, saved]);
    const known = found.get(key) ?? { candidate, services: [] };
    if (service !== undefined && candidate.source === 'default') known.services.push(service);
    found.set(key, known);
  };
  for (const candidate of named) add(candidate);
  for (const { service, variable } of containers) for (const candidate of variable.candidates) add(candidate, service);
  for (const candidate of fallbacks) add(candidate);
  const all = [...found.values()].map(({ candidate, services }) =>
    services.length === 0 ? candidate : { ...candidate, reason: `${candidate.reason}, for ${listed(services)}` },
  );
  const order = (candidate: Candidate): number =>
    ORDER.indexOf(candidate.source) + (candidate.eligible ? 0 : ORDER.length);
  return all.sort((a, b) => order(a) - order(b));
}

const ORDER: readonly Candidate['source'][] = [
  'typed',
  'shell',
  'env_file',
  'remembered',
  'settings',
  'scan',
  'default',
];

/** What the file takes where nobody has a value: `${X:-d}`, filled as the file fills it. */
function fallbacksOf(name: string, uses: readonly NameUse[], { loaded }: GatheredProject): readonly string[] {
  const variables = loaded.result.interpolationEnvironment;
  const lookup = (reference: string) => (Object.hasOwn(variables, reference) ? variables[reference] : undefined);
  const values = uses.flatMap(({ reference }) => {
    if (reference.kind !== 'default' || reference.name !== name) return [];
    const filled = substitute(reference.fallback ?? '', lookup);
    return 'value' in filled ? [filled.value] : [];
  });
  return [...new Set(values)];
}

function fallbackOf(name: string, value: string, override: boolean | undefined): Candidate {
  const { secret } = judgeCandidate(name, value, { override });
  return {
    source: 'default',
    value,
    reason: 'the Compose file',
    settingPaths: [],
    saved: false,
    eligible: true,
    unset: [],
    secret,
  };
}

function fromNamed(name: string, { secretSetting, ...value }: NamedValue, override: boolean | undefined): Candidate {
  return { ...value, unset: [], secret: judgeCandidate(name, value.value, { secretSetting, override }).secret };
}

/** The file has no default for it. */
function insists({ reference }: NameUse): boolean {
  return reference.kind === 'required' || reference.kind === 'plain';
}

function weakness(name: string, values: readonly string[]): string | undefined {
  return values.map((value) => weakSecret(name, value)).find((reason) => reason !== undefined);
}

function listed(names: readonly string[]): string {
  return [...new Set(names)].join(' and ');
}
