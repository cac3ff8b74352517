export { judgeCandidate } from './judge-candidate.ts';
export { resolveEnvironment } from './resolve-environment.ts';
export { chooseValues, filledBy } from './project/choose-values.ts';
export type { ChosenValues } from './project/choose-values.ts';
export { resolveProject } from './project/resolve-project.ts';
export type { ProjectInput, ProjectService, ValueLayers } from './project/project-input.ts';
export { bytesFor, secretFormats, secretFrom, weakSecret } from './secrets/index.ts';
export type { SecretFormat } from './secrets/index.ts';
export type {
  DeclaredValue,
  EnvironmentInput,
  NamedValue,
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
