/** Where a rule cannot be read, and why. */
export class RuleProblem extends Error {
  /** Characters before the place. */
  readonly offset: number;

  constructor(offset: number, reason: string) {
    super(reason);
    this.offset = offset;
  }
}
