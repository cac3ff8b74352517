export { compile } from './compile.ts';
export type {
  CompileInput,
  CompileOptions,
  ContentPort,
  DeploymentSpec,
  ImageDefaults,
  IngressSpec,
  PodPolicy,
  ResolvedVariable,
  ResourceAmounts,
  ResourceSpec,
  RouteTarget,
  StorageDefaults,
  StorageSpec,
  Target,
  TargetPolicies,
  WorkloadDefaults,
  WorkloadKindName,
} from './compile-input.ts';
export type {
  CompiledService,
  CompileResult,
  Coverage,
  ObjectDependency,
  ObjectShare,
  PublishedPort,
  ServiceDependency,
  SourceMapEntry,
} from './compile-result.ts';
export { everyService } from './select/selection.ts';
export { CATALOGUE } from './diagnostics/catalogue.ts';
export { explainKey } from './keys/explain-key.ts';
export type { KeyExplanation } from './keys/explain-key.ts';
export { knownImage, type KnownImage } from './images/known-images.ts';
export { isRecognisable } from './sensitive/secret-placeholders.ts';
export { TextFinder } from './text/text-finder.ts';
export { classifySensitive } from './sensitive/classify-sensitive.ts';
export type { Sensitivity, ValueOrigin } from './sensitive/classify-sensitive.ts';
export { bindClass } from './storage/bind-policy.ts';
export type { BindClass } from './storage/bind-policy.ts';
