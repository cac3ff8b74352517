import { Module, type DynamicModule } from '@nestjs/common';
import { MessagingModule } from '@ushadow/messaging';
import { CatalogController } from './catalog/catalog.controller.ts';
import type { Catalog } from './catalog/catalog.ts';
import { ListInfraServices } from './catalog/list-infra-services.ts';
import { ListServices } from './catalog/list-services.ts';
import { CompileController } from './compile/compile.controller.ts';
import { CompileService } from './compile/compile-service.ts';
import { PreviewService } from './compile/preview-service.ts';
import type { CompilerConfig } from './config.ts';
import { GetServiceEnv } from './environment/get-service-env.ts';

const useCases = [ListServices, ListInfraServices, GetServiceEnv, CompileService, PreviewService];

@Module({})
export class AppModule {
  static forRoot(config: CompilerConfig, catalog: Catalog): DynamicModule {
    return {
      module: AppModule,
      imports: [MessagingModule.forRoot({ url: config.NATS_URL, service: 'compiler-service' })],
      controllers: [CatalogController, CompileController],
      providers: useCases.map((useCase) => ({ provide: useCase, useFactory: () => new useCase(catalog) })),
    };
  }
}
