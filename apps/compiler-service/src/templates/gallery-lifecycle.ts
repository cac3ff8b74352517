import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from '@ushadow/observability';
import { CONFIG, LOGGER } from '@ushadow/service';
import type { CompilerConfig } from '../config.ts';
import { Gallery } from './gallery.ts';

/** Checking begins with the service; a folder that cannot be read holds nothing up. */
@Injectable()
export class GalleryLifecycle implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly gallery: Gallery,
    @Inject(CONFIG) private readonly config: CompilerConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.TEMPLATES_DIR.length === 0) return;
    void this.gallery.list().then(
      ({ templates, problems }) => {
        this.logger.info({ templates: templates.length }, 'templates found');
        for (const problem of problems) this.logger.warn({ folders: this.config.TEMPLATES_DIR }, problem);
      },
      (error: unknown) => {
        this.logger.error({ err: error }, 'the folders of templates could not be looked at');
      },
    );
  }

  onApplicationShutdown(): Promise<void> {
    return this.gallery.close();
  }
}
