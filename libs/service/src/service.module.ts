import { Global, Module, type DynamicModule, type Type } from '@nestjs/common';
import { MessagingModule } from '@ushadow/messaging';
import { AuditTrail } from '@ushadow/postgres';
import { Redactor } from '@ushadow/secrets';
import type { StartedService } from './start-service.ts';
import type { AnyDatabase } from './store/service-database.ts';

/** Tokens of what has no class of its own to ask for. */
export const CONFIG = Symbol('config');
export const LOGGER = Symbol('logger');

/** What every module of a service may ask for: its settings, logger, database, trail and the bus. */
@Global()
@Module({})
export class ServiceModule {
  /** @param database the class to ask for the database by */
  static forRoot<Database extends AnyDatabase>(
    service: StartedService<unknown, Database>,
    database: Type<Database>,
  ): DynamicModule {
    return {
      module: ServiceModule,
      imports: [MessagingModule.forRoot(service.bus)],
      providers: [
        { provide: CONFIG, useValue: service.config },
        { provide: LOGGER, useValue: service.logger },
        { provide: Redactor, useValue: service.redactor },
        { provide: AuditTrail, useValue: service.trail },
        { provide: database, useValue: service.database },
      ],
      exports: [CONFIG, LOGGER, Redactor, AuditTrail, database],
    };
  }
}
