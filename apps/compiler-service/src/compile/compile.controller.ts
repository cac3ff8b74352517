import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import { PreviewService } from './preview-service.ts';

@Controller()
export class CompileController {
  constructor(private readonly previewService: PreviewService) {}

  @Handle(operations.previewService)
  async preview(input: InputOf<typeof operations.previewService>): Promise<OutputOf<typeof operations.previewService>> {
    return this.previewService.run(input);
  }
}
