import type { Candidate, EnvironmentVariable, Setting } from '../environment-variable.ts';

/** Building blocks of the specs in this folder. */
export function variable(name: string, part: Partial<EnvironmentVariable> = {}): EnvironmentVariable {
  const winner = part.candidates?.find(({ eligible }) => eligible);
  return {
    name,
    value: winner === undefined || winner.is_secret ? null : winner.value,
    source: winner?.source ?? 'none',
    is_secret: winner?.is_secret ?? false,
    secret_reason: winner?.is_secret === true ? `the name contains ${name}` : null,
    secret_override: null,
    is_set: winner !== undefined,
    is_required: false,
    declared: true,
    candidates: [],
    last_used: null,
    file: 'stack.yml',
    line: 4,
    column: 7,
    ...part,
  };
}

function candidate(source: Candidate['source'], value: string | null, part: Partial<Candidate>): Candidate {
  return {
    source,
    value,
    is_secret: value === null,
    reason: '',
    setting_paths: [],
    saved: false,
    eligible: true,
    ...part,
  };
}

/** Null: it is secret. */
type Value = string | null;

export const fromCompose = (value: Value): Candidate => candidate('default', value, { reason: 'the Compose file' });

export const fromScan = (value: Value, part: Partial<Candidate> = {}): Candidate =>
  candidate('scan', value, { reason: 'Redis found by the scan (Service infra/redis)', ...part });

export const fromSetting = (path: string, value: Value, part: Partial<Candidate> = {}): Candidate =>
  candidate('settings', value, { reason: `the setting ${path}`, setting_paths: [path], ...part });

export const saved = (value: Value): Candidate =>
  candidate('typed', value, { reason: 'saved for this service', saved: true });

export function setting(path: string, value: Value): Setting {
  return { path, value, is_secret: value === null, updated_at: '2026-01-01T00:00:00.000Z', updated_by: 'operator' };
}

export function used(value: Value, same: boolean): NonNullable<EnvironmentVariable['last_used']> {
  return {
    deployment_id: '00000000-0000-4000-8000-000000000000',
    time: '2026-01-01T00:00:00.000Z',
    source: 'typed',
    value,
    same,
  };
}
