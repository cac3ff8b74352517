export { scanServices, type ScanInput } from './scan-services.ts';
export { recognise, type ScanOutput } from './recognise.ts';
export { isProblem, isService, ViewReader, type ScanProblem, type ScanViews } from './view/view-reader.ts';
export type { NodeView } from './view/node-view.ts';
export type { PodView } from './view/pod-view.ts';
export type { ServiceView } from './view/service-view.ts';
export type { SliceView } from './view/slice-view.ts';
export { type InfraAlternative, type InfraResult } from './infra-result.ts';
export { recognisers, recogniserOf } from './recognisers.ts';
export type { Recogniser, RecogniserPort } from './recogniser.ts';
export {
  infrastructureOf,
  mapInfrastructure,
  type FoundInfra,
  type MappedValue,
} from './mapping/map-infrastructure.ts';
export { connectionString, type ConnectionParts } from './mapping/connection-string.ts';
export { typeOfImage } from './judge-image.ts';
