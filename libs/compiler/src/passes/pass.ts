import type { CompileInput } from '../compile-input.ts';
import type { Report } from '../diagnostics/reporter.ts';
import type { Design, DesignedService } from '../model/design.ts';

export interface PassContext {
  readonly input: CompileInput;
  readonly report: Report;
}

/** One decision about the application. Passes never change a design; they give back a new one. */
export interface Pass {
  readonly name: string;
  run(design: Design, context: PassContext): Design;
}

/** The design with each service replaced. */
export function mapServices(design: Design, map: (service: DesignedService) => DesignedService): Design {
  return { ...design, services: design.services.map(map) };
}
