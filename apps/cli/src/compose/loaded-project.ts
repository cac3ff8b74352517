import type { FilePort, LoadResult } from '@ushadow/compose';
import type { TemplateProject } from '../template/template-project.ts';

/** A project that was loaded, with where its files are. */
export interface LoadedProject extends LoadResult {
  /** What it was read through, and what it mounts is. */
  readonly port: FilePort;
  /** Where it stands for a template. */
  readonly template?: TemplateProject;
}
