export { KEY_HOLDERS, SCHEMAS, SERVICES } from './catalogue.ts';
export type { KeyHolder, SchemaName, ServiceDescription, ServiceName } from './catalogue.ts';
export { installStreams } from './install-streams.ts';
export { busEnvironment, serviceEnvironment } from './service-environment.ts';
export type { ServiceEnvironment, SystemSettings } from './service-environment.ts';
export { startService } from './start-service.ts';
export type { RunningService, StartServiceOptions } from './start-service.ts';
export { startWeb } from './start-web.ts';
export type { StartWebOptions } from './start-web.ts';
