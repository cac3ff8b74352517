import { Module, type DynamicModule } from '@nestjs/common';
import { AuditOutboxModule, ServiceModule, type StartedService } from '@ushadow/service';
import { AuditController } from './audit/audit.controller.ts';
import { CatalogModule } from './catalog/catalog.module.ts';
import { CompileModule } from './compile/compile.module.ts';
import type { CompilerConfig } from './config.ts';
import { EnvironmentModule } from './environment/environment.module.ts';
import { ProjectsModule } from './projects/projects.module.ts';
import { SettingsModule } from './settings/settings.module.ts';
import { Database } from './store/database.store.ts';
import { TemplatesModule } from './templates/templates.module.ts';
import { UploadsModule } from './uploads/uploads.module.ts';

@Module({
  imports: [
    CatalogModule,
    CompileModule,
    EnvironmentModule,
    ProjectsModule,
    SettingsModule,
    TemplatesModule,
    UploadsModule,
  ],
  controllers: [AuditController],
})
export class AppModule {
  static forRoot(service: StartedService<CompilerConfig, Database>): DynamicModule {
    return {
      module: AppModule,
      imports: [ServiceModule.forRoot(service, Database), AuditOutboxModule],
    };
  }
}
