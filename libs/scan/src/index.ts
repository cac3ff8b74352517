export { scanServices, type ScanInput, type ScanOutput, type ScanProblem } from './scan-services.ts';
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
