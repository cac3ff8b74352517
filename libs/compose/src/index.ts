export { loadProject } from './load-project.ts';
export type {
  DeclaredVariable,
  LoadCost,
  LoadInput,
  LoadPolicy,
  LoadResult,
  LoadStep,
  VariableReference,
  WrittenTemplate,
} from './load-input.ts';
export type { LoadLimits } from './limits.ts';
export type {
  BlockIoConfig,
  BuildRecipe,
  ComposeConfig,
  ComposeModel,
  ComposeNetwork,
  ComposeProject,
  ComposeSecret,
  ComposeService,
  ComposeVolume,
  ContainerSpec,
  Dependency,
  Deployment,
  DeviceMapping,
  DeviceRequest,
  EnvFileReference,
  Extensible,
  FileGrant,
  HealthCheck,
  LifecycleHook,
  ModelGrant,
  NetworkAttachment,
  PlainValue,
  PortMapping,
  PreStartHook,
  ResourceSet,
  ThrottledDevice,
  UpdateConfig,
  VolumeMount,
  WatchTrigger,
} from './model.ts';
export { jsonPointer, pointerSegments } from './positions.ts';
export type { Position, PositionIndex } from './positions.ts';
export type { Diagnostic, DiagnosticParams, Severity } from './diagnostics/diagnostic.ts';
export { foldDiagnostics } from './diagnostics/fold.ts';
export type { FoldedDiagnostic } from './diagnostics/fold.ts';
export { composeCatalogue } from './diagnostics/compose-diagnostics.ts';
export { withoutUnusedResources } from './canonical/unused-resources.ts';
export { DEFAULT_LIMITS, TEMPLATE_LIMITS } from './limits.ts';
export { ParsedFiles } from './parse/parsed-files.ts';
export { parseByteCount } from './canonical/byte-count.ts';
export { parseDurationMs } from './canonical/duration.ts';
export { parseDotenv } from './dotenv/parse-dotenv.ts';
export type { DotenvEntry, DotenvProblem, DotenvResult } from './dotenv/parse-dotenv.ts';
export { substitute, variablesOf } from './interpolate/template.ts';
export type { Lookup, Substitution } from './interpolate/template.ts';
export { diagnosticFactory, rule } from './diagnostics/catalogue.ts';
export type { DiagnosticCatalogue, DiagnosticPlace, DiagnosticRule } from './diagnostics/catalogue.ts';
export { MemoryFilePort } from './files/memory-file-port.ts';
export type { FilePort, FileStat } from './files/file-port.ts';
