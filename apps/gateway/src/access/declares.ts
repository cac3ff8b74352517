import { SetMetadata } from '@nestjs/common';
import type { Access } from '@ushadow/contracts';

export const DECLARED = 'access';

export type Input = Readonly<Record<string, unknown>>;

/** What a route asks for, and how it reads what it is asked with; without this, nobody gets past the guard. */
export interface Declared {
  readonly access: Access;
  /** Of each thing that is asked for; undefined where the handler will refuse it. */
  readonly read: (request: AskedWith) => Input | readonly Input[] | undefined;
}

export interface AskedWith {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export const Declares = (declared: Declared) => SetMetadata(DECLARED, declared);
