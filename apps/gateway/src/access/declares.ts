import { SetMetadata } from '@nestjs/common';
import type { Access } from '@ushadow/contracts';

export const DECLARED = 'access';

/** What a route asks for, and how it reads what it is asked with; without this, nobody gets past the guard. */
export interface Declared {
  readonly access: Access;
  /** Undefined where the handler will refuse it. */
  readonly read: (request: AskedWith) => Readonly<Record<string, unknown>> | undefined;
}

export interface AskedWith {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export const Declares = (declared: Declared) => SetMetadata(DECLARED, declared);
