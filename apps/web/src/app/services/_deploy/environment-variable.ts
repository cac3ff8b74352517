import type { operations, OutputOf } from '@ushadow/contracts';

export type ServiceEnvironment = OutputOf<typeof operations.getServiceEnv>;
export type EnvironmentVariable = ServiceEnvironment['variables'][number];
export type Candidate = EnvironmentVariable['candidates'][number];
export type Setting = OutputOf<typeof operations.listSettings>['settings'][number];

/** The candidate whose value is used; undefined when the variable has none. */
export function winnerOf(variable: EnvironmentVariable): Candidate | undefined {
  return variable.is_set ? variable.candidates.find(({ eligible }) => eligible) : undefined;
}

/** What would be used without what a user has saved. */
export function withoutSaved(variable: EnvironmentVariable): Candidate | undefined {
  return variable.candidates.find(({ eligible, saved }) => eligible && !saved);
}
