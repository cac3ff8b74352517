import type { HookData } from '@ushadow/contracts';

export interface Hook {
  readonly id: string;
  readonly stackId: string;
  readonly name: string;
  /** Those it may update; all where there is none. */
  readonly services: readonly string[];
  readonly isSigned: boolean;
  readonly anyRepository: boolean;
  readonly calledAt: Date | null;
  readonly result: string | null;
  readonly createdAt: Date;
  readonly createdBy: string;
}

export const HOOKS_MAX = 20;

export function toContract(hook: Hook): HookData {
  return {
    hook_id: hook.id,
    stack_id: hook.stackId,
    name: hook.name,
    services: [...hook.services],
    is_signed: hook.isSigned,
    any_repository: hook.anyRepository,
    created_at: hook.createdAt.toISOString(),
    created_by: hook.createdBy,
    called_at: hook.calledAt?.toISOString() ?? null,
    result: hook.result,
  };
}
