import { Module } from '@nestjs/common';
import { AuditAnchor, AuditStream, BusConnection, EventBus, OwnTrail } from '@ushadow/messaging';
import type { Logger } from '@ushadow/observability';
import { AuditTrail } from '@ushadow/postgres';
import { LOGGER } from '../service.module.ts';

/** The trail of a service: what the stream was told of it, and what it answers about it. */
@Module({
  providers: [
    {
      provide: AuditStream,
      useFactory: (connection: BusConnection, bus: EventBus, { service }: AuditTrail) =>
        new AuditStream(connection, bus, service),
      inject: [BusConnection, EventBus, AuditTrail],
    },
    {
      provide: AuditAnchor,
      useFactory: (trail: AuditTrail, stream: AuditStream, connection: BusConnection, logger: Logger) =>
        new AuditAnchor({ trail, stream, isOpen: () => connection.isConnected(), logger }),
      inject: [AuditTrail, AuditStream, BusConnection, LOGGER],
    },
    {
      provide: OwnTrail,
      useFactory: (trail: AuditTrail, stream: AuditStream, logger: Logger) => new OwnTrail(trail, stream, logger),
      inject: [AuditTrail, AuditStream, LOGGER],
    },
  ],
  exports: [AuditStream, AuditAnchor, OwnTrail],
})
export class OwnTrailModule {}
