import { Module, type DynamicModule } from '@nestjs/common';
import { AuditOutboxModule, ServiceModule, type StartedService } from '@ushadow/service';
import { AuditController } from './audit/audit.controller.ts';
import type { ScannerConfig } from './config.ts';
import { ScansModule } from './scans/scans.module.ts';
import { Database } from './store/database.store.ts';

@Module({ imports: [ScansModule], controllers: [AuditController] })
export class AppModule {
  static forRoot(service: StartedService<ScannerConfig, Database>): DynamicModule {
    return {
      module: AppModule,
      imports: [ServiceModule.forRoot(service, Database), AuditOutboxModule],
    };
  }
}
