import { Module } from '@nestjs/common';
import { LiveModule } from '../live/live.module.ts';
import { SharedModule } from '../shared.module.ts';
import { MetricsController } from './metrics.controller.ts';
import { StackMetrics } from './stack-metrics.ts';

/** What pods use. */
@Module({ imports: [LiveModule, SharedModule], controllers: [MetricsController], providers: [StackMetrics] })
export class MetricsModule {}
