import { own } from '@ushadow/kubernetes';
import type { Sensitivity } from '@ushadow/compiler';
import { defaultLevel } from './candidates/default-level.ts';
import { filledLevel, rank } from './candidates/filled-level.ts';
import type { Level, Offer } from './candidates/level.ts';
import { namedLevel } from './candidates/named-level.ts';
import { scanLevel } from './candidates/scan-level.ts';
import { settingsLevel } from './candidates/settings-level.ts';
import { mappedLevel, typedLevel } from './candidates/typed-level.ts';
import type { DeclaredValue, EnvironmentInput } from './environment-input.ts';
import { judgeCandidate } from './judge-candidate.ts';
import type { Candidate, EnvironmentProblem, ResolvedEnvironment, ResolvedVariable } from './resolved-variable.ts';
import { spreadSecrecy } from './spread-secrecy.ts';

/** Everything that may have a value. */
const levels: readonly Level[] = [
  typedLevel,
  namedLevel,
  mappedLevel,
  settingsLevel,
  filledLevel,
  scanLevel,
  defaultLevel,
];

/** Every variable of a service with all values it could have, the one it gets, and why. Total and deterministic. */
export function resolveEnvironment(input: EnvironmentInput): ResolvedEnvironment {
  const problems: EnvironmentProblem[] = [];
  const declared = new Map(input.declared.map((variable) => [variable.name, variable]));
  const names = new Set([...declared.keys(), ...Object.keys(input.typed), ...Object.keys(input.saved)]);
  const variables = spreadSecrecy(
    [...names].map((name) =>
      resolveVariable(name, declared.get(name), input, (problem) => problems.push({ variable: name, ...problem })),
    ),
  );
  const unresolved = variables.filter(({ required, winner }) => required && (winner?.unset.length ?? 1) > 0);
  return { variables, unresolved: unresolved.map(({ name }) => name), problems };
}

function resolveVariable(
  name: string,
  declared: DeclaredValue | undefined,
  input: EnvironmentInput,
  report: (problem: Omit<EnvironmentProblem, 'variable'>) => void,
): ResolvedVariable {
  const override = own(input.secretOverrides, name);
  const offers = inOrder(levels.flatMap((level) => level({ name, declared, input, report })));
  const judged = offers.map((offer) => judge(name, offer, override));
  // What is only offered stands behind what may be taken.
  const ordered = [true, false].flatMap((eligible) =>
    judged.filter(({ candidate }) => candidate.eligible === eligible),
  );
  const winner = ordered.find(({ candidate }) => candidate.eligible);
  // Without a value, names tell whether the input for it must be hidden: its own, and those it refers to.
  const variables = declared?.references.map((reference) => reference.name) ?? [];
  const { secret, reason } = winner?.sensitivity ?? judgeCandidate(name, '', { override, variables });
  return {
    name,
    declared: declared !== undefined,
    candidates: ordered.map(({ candidate }) => candidate),
    winner: winner?.candidate,
    required: declared !== undefined && declared.unset.some((reference) => !isAround(reference, input)),
    secret,
    secretReason: reason,
    secretOverride: override,
  };
}

/** The first that has a value wins (R32). What says the same as another of its source adds nothing. */
function inOrder(offers: readonly Offer[]): readonly Offer[] {
  const different = new Map<string, Offer>();
  for (const offer of offers) {
    const { source, value, settingPaths = [], saved = false } = offer;
    const key = JSON.stringify([source, value, settingPaths, saved]);
    if (!different.has(key)) different.set(key, offer);
  }
  return [...different.values()].sort((a, b) => rank(a.source) - rank(b.source));
}

/** The shell or an env file has it: the file is not to be asked about. */
function isAround(reference: string, { named = {} }: EnvironmentInput): boolean {
  return (own(named, reference) ?? []).some(({ source }) => source === 'shell' || source === 'env_file');
}

interface Judged {
  readonly candidate: Candidate;
  readonly sensitivity: Sensitivity;
}

function judge(name: string, offer: Offer, override: boolean | undefined): Judged {
  const { source, value, reason, settingPaths = [], saved = false, eligible = true, unset = [], origin } = offer;
  const sensitivity = judgeCandidate(name, value, { ...origin, override });
  const { secret } = sensitivity;
  return { candidate: { source, value, reason, settingPaths, saved, eligible, unset, secret }, sensitivity };
}
