import { jest } from '@jest/globals';

/** In place of the end of the process: code that goes on after it would do what must not be done. */
export class Ended extends Error {
  constructor(readonly code: number) {
    super(`the process ends with ${String(code)}`);
  }
}

/** What ends the process throws instead, until the mock is restored. */
export function throwAtExit(): void {
  jest.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Ended(Number(code));
  });
}

/** The code that the process ends with, once it does. */
export function exitCode(): Promise<number> {
  return new Promise((resolve) => {
    jest.spyOn(process, 'exit').mockImplementation((code) => {
      resolve(Number(code));
      return undefined as never;
    });
  });
}
