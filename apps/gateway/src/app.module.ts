import { Module, type DynamicModule } from '@nestjs/common';
import { httpOperations } from '@ushadow/contracts';
import { MessagingModule, type BusOptions } from '@ushadow/messaging';
import { bySpecificity, operationController } from './http/operation-controller.ts';
import { ManyProgressController } from './sse/many-progress.controller.ts';
import { ProgressController } from './sse/progress.controller.ts';
import { ScanStreamController } from './sse/scan-stream.controller.ts';

@Module({})
export class AppModule {
  static forRoot(bus: BusOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [MessagingModule.forRoot(bus)],
      controllers: [
        ProgressController,
        ManyProgressController,
        ScanStreamController,
        ...Object.values(httpOperations).sort(bySpecificity).map(operationController),
      ],
    };
  }
}
