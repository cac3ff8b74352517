import { Injectable } from '@nestjs/common';
import type { operations, OutputOf } from '@ushadow/contracts';
import { Catalog } from './catalog.ts';
import { toProject } from './project.mapper.ts';
import { toDiagnostics } from './to-diagnostic.ts';

/** Every project that can be read; of the others, why not. */
@Injectable()
export class ListProjects {
  constructor(private readonly catalog: Catalog) {}

  async run(): Promise<OutputOf<typeof operations.listProjects>> {
    const { projects, problems } = await this.catalog.list();
    return {
      projects: projects.filter(({ errors }) => errors.length === 0).map(toProject),
      problems: problems.map(({ source, diagnostics }) => ({
        file: source.file,
        diagnostics: toDiagnostics(diagnostics, source),
      })),
    };
  }
}
