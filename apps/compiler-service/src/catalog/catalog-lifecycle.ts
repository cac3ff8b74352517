import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { UploadedProjects } from '../uploads/uploaded-projects.ts';
import { Workers } from '../work/workers.ts';
import { Catalog } from './catalog.ts';

/** Whoever asks first must not find an empty list, and what ends in order must leave no upload marked as being read. */
@Injectable()
export class CatalogLifecycle implements OnApplicationShutdown {
  constructor(
    private readonly catalog: Catalog,
    private readonly uploaded: UploadedProjects,
    private readonly workers: Workers,
  ) {}

  /** Resolves when every project has been read once. */
  async start(): Promise<void> {
    await this.catalog.watch();
    await this.catalog.readAll();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.catalog.close();
    this.uploaded.stop();
    await this.workers.close();
    await this.uploaded.close();
  }
}
