import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import { CompileService } from './compile-service.ts';
import { PreviewService } from './preview-service.ts';

@Controller()
export class CompileController {
  constructor(
    private readonly compileService: CompileService,
    private readonly previewService: PreviewService,
  ) {}

  @Handle(operations.compileService)
  async compile(input: InputOf<typeof operations.compileService>): Promise<OutputOf<typeof operations.compileService>> {
    return this.compileService.run(input);
  }

  @Handle(operations.previewService)
  async preview(input: InputOf<typeof operations.previewService>): Promise<OutputOf<typeof operations.previewService>> {
    return this.previewService.run(input);
  }
}
