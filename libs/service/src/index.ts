export { rotateServiceKeys } from './rotate-service-keys.ts';
export { CONFIG, LOGGER, ServiceModule } from './service.module.ts';
export { startProcess, type Environment, type StartedProcess } from './start-process.ts';
export { startService, type ServiceDescription, type StartedService } from './start-service.ts';
export { KeyChecks } from './store/key-checks.ts';
export { openTrail } from './store/open-trail.ts';
export { SealedColumn, type SealedColumnOptions } from './store/sealed-column.ts';
export { ServiceDatabase, type ServiceDatabaseOptions } from './store/service-database.ts';
