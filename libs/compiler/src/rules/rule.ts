import type { Design, DesignedService } from '../model/design.ts';
import type { PassContext } from '../passes/pass.ts';

/** A check that only reports: about values that a key's row in the table cannot judge. */
export type ServiceRule = (designed: DesignedService, context: PassContext) => void;
export type DesignRule = (design: Design, context: PassContext) => void;
