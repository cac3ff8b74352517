import type { CompileInput } from '../compile-input.ts';
import type { Report } from '../diagnostics/reporter.ts';
import type { Plan, PlannedService } from '../model/design.ts';

export interface PassContext {
  readonly input: CompileInput;
  readonly report: Report;
}

/** One decision about the application. Passes never change a plan; they give back a new one. */
export interface Pass {
  readonly name: string;
  run(plan: Plan, context: PassContext): Plan;
}

/** The plan with each service replaced. */
export function mapServices(plan: Plan, map: (service: PlannedService) => PlannedService): Plan {
  return { ...plan, services: plan.services.map(map) };
}
