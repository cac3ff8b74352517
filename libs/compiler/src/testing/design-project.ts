import { MemoryFilePort } from '@ushadow/compose';
import type { CompileInput, Target } from '../compile-input.ts';
import { createReporter } from '../diagnostics/reporter.ts';
import { lowerProject } from '../lower/lower-project.ts';
import type { Design, DesignedService } from '../model/design.ts';
import { draftDesign } from '../passes/draft-design.ts';
import { decide } from '../passes/pass-order.ts';
import type { LooseProject } from './compile-project.ts';
import { projectOf } from './compile-project.ts';

export interface Decided {
  readonly design: Design;
  /** The design of one service. */
  readonly of: (name: string) => DesignedService;
  /** `code path` of every finding. */
  readonly codes: readonly string[];
}

interface Rest {
  readonly files?: Readonly<Record<string, string>>;
  readonly target?: Partial<Target>;
  readonly input?: Partial<CompileInput>;
}

/** A project with every decision made. */
export function designProject(project: LooseProject, { files, target, input }: Rest = {}): Decided {
  const positions = { at: () => undefined };
  const reporter = createReporter(positions);
  const full: CompileInput = {
    project: projectOf(project),
    positions,
    files: new MemoryFilePort(files ?? {}),
    target: { namespace: 'ushadow', ...target },
    ...input,
  };
  const context = { input: full, report: reporter.report };
  const design = decide(draftDesign(lowerProject(full.project)), context);
  const of = (name: string): DesignedService => {
    const found = design.services.find(({ service }) => service.name === name);
    if (found === undefined) throw new Error(`no service ${name}`);
    return found;
  };
  return { design, of, codes: reporter.finish(false).map(({ code, path }) => `${code} ${path}`) };
}
