import type { Report } from './diagnostics/report.ts';
import type { LoadCost } from './load-input.ts';
import type { LoadLimits } from './limits.ts';
import type { Position } from './positions.ts';

/** Thrown when a load has cost what it may, and caught where it began; why is in its report. */
export class WorkSpent extends Error {}

/** What one load has cost so far: the steps that can meet a node or a text many times count here before they begin. */
export class Work {
  readonly #limits: LoadLimits;
  readonly #report: Report;
  #nodes = 0;
  #characters = 0;

  constructor(limits: LoadLimits, report: Report) {
    this.#limits = limits;
    this.#report = report;
  }

  get cost(): LoadCost {
    return { nodes: this.#nodes, characters: this.#characters };
  }

  visit(nodes: number, at?: Position): void {
    this.#nodes += nodes;
    if (this.#nodes > this.#limits.workMax) this.#stop('CPS0016', this.#limits.workMax, at);
  }

  write(characters: number, at?: Position): void {
    this.#characters += characters;
    if (this.#characters > this.#limits.charactersMax) this.#stop('CPS0017', this.#limits.charactersMax, at);
  }

  #stop(code: 'CPS0016' | 'CPS0017', limit: number, at: Position | undefined): never {
    this.#report.add(code, { limit }, '', at);
    throw new WorkSpent();
  }
}
