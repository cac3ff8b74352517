import type { CompileInput } from '../compile-input.ts';
import type { Report } from '../diagnostics/reporter.ts';
import type { DraftedDesign } from '../model/design.ts';

export interface PassContext {
  readonly input: CompileInput;
  readonly report: Report;
}

/** One decision about the application, in one of the stages. Passes never change a design; they give back a new one. */
export interface Pass<D extends DraftedDesign> {
  readonly name: string;
  readonly run: (design: D, context: PassContext) => D;
}

type ServiceOf<D extends DraftedDesign> = D['services'][number];

/** The design with each service replaced. */
export function mapServices<D extends DraftedDesign>(design: D, map: (service: ServiceOf<D>) => ServiceOf<D>): D {
  return { ...design, services: design.services.map(map) };
}
