import { ParsedFiles } from '@ushadow/compose';
import type { SourcePlace } from '../catalog/project-source.ts';

/** The files of the project that was read last, as they were parsed: who looks at a project looks at it several times. */
export class LastRead {
  #place = '';
  #parsed: ParsedFiles | undefined;

  /** For the next task; of another project nothing is kept. */
  filesOf({ origin, root, files }: Pick<SourcePlace, 'origin' | 'root' | 'files'>): ParsedFiles {
    const place = JSON.stringify([origin, root, files]);
    this.#parsed = new ParsedFiles(place === this.#place ? this.#parsed : undefined);
    this.#place = place;
    return this.#parsed;
  }
}
