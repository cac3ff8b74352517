import type { Plan, PlannedService } from '../model/design.ts';
import type { PassContext } from '../passes/pass.ts';

/** A check that only reports: about values that a key's row in the table cannot judge. */
export type ServiceRule = (planned: PlannedService, context: PassContext) => void;
export type PlanRule = (plan: Plan, context: PassContext) => void;
