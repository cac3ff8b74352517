import type { ComposeService } from '@ushadow/compose';
import type { SourcePlace } from '../catalog/project-source.ts';

/** A service of the catalog as a task knows it. */
export interface WorkEntry {
  readonly id: string;
  readonly name: string;
  readonly service: ComposeService;
  readonly source: SourcePlace;
}
