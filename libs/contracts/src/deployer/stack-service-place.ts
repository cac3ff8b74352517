import { composeService, stackId } from '../fields.ts';

/** Names a service of a stack. */
export const stackServicePlace = { stack_id: stackId, service: composeService } as const;
