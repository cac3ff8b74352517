// @ts-check
/** Loaded before a service: its wall clock is off by FAULTS_CLOCK_SKEW_MS. The monotonic clock is not. */
const skew = Number(process.env.FAULTS_CLOCK_SKEW_MS ?? 0);
const RealDate = Date;

class SkewedDate extends RealDate {
  /** @param {readonly unknown[]} args */
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + skew);
    // @ts-expect-error any of its forms
    else super(...args);
  }

  static now() {
    return RealDate.now() + skew;
  }
}

globalThis.Date = /** @type {DateConstructor} */ (/** @type {unknown} */ (SkewedDate));
