import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import { StackMetrics } from './stack-metrics.ts';

@Controller()
export class MetricsController {
  constructor(private readonly metrics: StackMetrics) {}

  @Handle(operations.getStackMetrics)
  get(input: InputOf<typeof operations.getStackMetrics>): Promise<OutputOf<typeof operations.getStackMetrics>> {
    return this.metrics.of(input);
  }
}
