import type { LoadLimits } from '../limits.ts';
import type { Report } from '../diagnostics/report.ts';
import { parseYaml } from './parse-yaml.ts';
import type { ReadBudget } from './parsed-document.ts';
import type { ParsedDocument } from './parsed-document.ts';

interface Known {
  readonly text: string;
  readonly documents: readonly ParsedDocument[];
  readonly spent: ReadBudget;
}

/** Compose files read earlier, for further loads of a project; each costs a load the same as if it had read it itself. */
export class ParsedFiles {
  readonly #known = new Map<string, Known>();
  readonly #earlier: ReadonlyMap<string, Known> | undefined;

  /** `earlier`: of loads before; what is not read again is let go with it. */
  constructor(earlier?: ParsedFiles) {
    this.#earlier = earlier === undefined ? undefined : earlier.#known;
  }

  documents(
    path: string,
    text: string,
    limits: LoadLimits,
    budget: ReadBudget,
    report: Report,
  ): readonly ParsedDocument[] {
    const known = this.#known.get(path) ?? this.#earlier?.get(path);
    if (known?.text === text && fits(known.spent, budget)) {
      spend(budget, known.spent);
      this.#known.set(path, known);
      return known.documents;
    }
    const before = { ...budget };
    const findings = report.count;
    const documents = parseYaml(path, text, limits, budget, report);
    // What is wrong with a file has to be said in each load.
    if (report.count === findings) this.#known.set(path, { text, documents, spent: difference(before, budget) });
    return documents;
  }
}

function fits(spent: ReadBudget, { nodesLeft, tokensLeft, documentsLeft }: ReadBudget): boolean {
  return spent.nodesLeft <= nodesLeft && spent.tokensLeft <= tokensLeft && spent.documentsLeft <= documentsLeft;
}

function spend(budget: ReadBudget, spent: ReadBudget): void {
  budget.nodesLeft -= spent.nodesLeft;
  budget.tokensLeft -= spent.tokensLeft;
  budget.documentsLeft -= spent.documentsLeft;
}

function difference(before: ReadBudget, after: ReadBudget): ReadBudget {
  return {
    nodesLeft: before.nodesLeft - after.nodesLeft,
    tokensLeft: before.tokensLeft - after.tokensLeft,
    documentsLeft: before.documentsLeft - after.documentsLeft,
  };
}
