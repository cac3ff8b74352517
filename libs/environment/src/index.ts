export { resolveEnvironment } from './resolve-environment.ts';
export type {
  DeclaredValue,
  EnvironmentInput,
  SavedValue,
  ScannedInfra,
  ScannedNamespace,
  ServiceIdentity,
  Setting,
} from './environment-input.ts';
export type {
  Candidate,
  EnvironmentProblem,
  ResolvedEnvironment,
  ResolvedVariable,
  ValueSource,
} from './resolved-variable.ts';
