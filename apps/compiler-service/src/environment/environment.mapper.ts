import type { operations, OutputOf, ServiceEnvironmentData } from '@ushadow/contracts';
import type { Candidate, ResolvedVariable } from '@ushadow/environment';
import { toPlace } from '../catalog/to-diagnostic.ts';
import type { GatheredEnvironment } from './gather-environment.ts';
import type { Place } from './place.ts';
import type { ValueDigest } from './value-digest.ts';
import type { WorkEntry } from './work-entry.ts';

export type LastEnvironment = OutputOf<typeof operations.lastEnvironment>['last'];
type Variable = ServiceEnvironmentData['variables'][number];

interface DescribedParts {
  readonly entry: WorkEntry;
  readonly place: Place | undefined;
  readonly gathered: GatheredEnvironment;
  readonly last: LastEnvironment;
  readonly digest: ValueDigest;
  /** Why the last deployment could not be asked for. */
  readonly lastUnavailable: string | undefined;
}

/** An environment as it is answered: secret values stay here. */
export function toContract({
  entry,
  place,
  gathered,
  last,
  digest,
  lastUnavailable,
}: DescribedParts): ServiceEnvironmentData {
  const { variables, unresolved, problems, unanswered, declared } = gathered;
  const positions = new Map(declared.map(({ name, position }) => [name, position]));
  const used = new Map(last?.variables.map((variable) => [variable.name, variable]));
  return {
    service_id: entry.id,
    cluster_id: place?.clusterId ?? null,
    namespace: place?.namespace ?? null,
    variables: variables.map((variable) => {
      const { file = null, line = null, column = null } = toPlace(positions.get(variable.name), entry.source);
      const before = used.get(variable.name);
      const lastUsed =
        last === null || before === undefined
          ? null
          : {
              deployment_id: last.deployment_id,
              time: last.time,
              source: before.source,
              // Marked as secret since: what was open then is not shown now.
              value: variable.secret ? null : before.value,
              same: variable.winner !== undefined && digest.of(variable.name, variable.winner.value) === before.digest,
            };
      return { ...toVariable(variable), last_used: lastUsed, file, line, column };
    }),
    unresolved: [...unresolved],
    problems: [
      ...problems.map(({ variable, code, message }) => ({ variable, code, message })),
      ...(unanswered === undefined ? [] : [problem('SCANS_UNAVAILABLE', unanswered.message)]),
      ...(lastUnavailable === undefined ? [] : [problem('LAST_DEPLOYMENT_UNAVAILABLE', lastUnavailable)]),
    ],
  };
}

function problem(code: string, message: string): ServiceEnvironmentData['problems'][number] {
  return { code, variable: null, message };
}

function toVariable(variable: ResolvedVariable): Omit<Variable, 'last_used' | 'file' | 'line' | 'column'> {
  const { name, winner, secret } = variable;
  return {
    name,
    value: winner === undefined || secret ? null : winner.value,
    source: winner?.source ?? 'none',
    is_secret: secret,
    secret_reason: secret ? variable.secretReason : null,
    secret_override: variable.secretOverride ?? null,
    is_set: winner !== undefined,
    is_required: variable.required,
    declared: variable.declared,
    candidates: variable.candidates.map((candidate) => toCandidate(candidate)),
  };
}

function toCandidate(candidate: Candidate): Variable['candidates'][number] {
  return {
    source: candidate.source,
    value: candidate.secret ? null : candidate.value,
    is_secret: candidate.secret,
    reason: candidate.reason,
    setting_paths: [...candidate.settingPaths],
    saved: candidate.saved,
    eligible: candidate.eligible,
  };
}
