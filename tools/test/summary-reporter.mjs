// @ts-check
import { writeFileSync } from 'node:fs';

/** A run in which nothing begins or ends for so long is ended: jest's own time-out cannot end a loop. None: no limit. */
const QUIET_SECONDS = Number(process.env.USHADOW_TEST_QUIET_SECONDS ?? 0);
/** How long what a test left open may keep jest from ending. */
const END_MS = 30_000;

/**
 * A jest reporter that leaves the counts for the closing line, and ends a run that stands still. A file that could not be
 * loaded, or never came to its end, counts as a failure.
 */
export default class SummaryReporter {
  /** @type {Map<string, number>} the files that run, with when they began */
  #running = new Map();
  #counts = { passed: 0, failed: 0, skipped: 0 };
  /** @type {NodeJS.Timeout | undefined} */
  #watch;

  onRunStart() {
    this.#quiet();
  }

  /** @param {import('@jest/reporters').Test} test */
  onTestFileStart(test) {
    this.#running.set(test.path, Date.now());
    this.#quiet();
  }

  /**
   * @param {import('@jest/reporters').Test} test
   * @param {import('@jest/reporters').TestResult} _result
   * @param {import('@jest/reporters').AggregatedResult} results
   */
  onTestFileResult(test, _result, results) {
    this.#running.delete(test.path);
    this.#count(results);
    this.#quiet();
  }

  /** @param {unknown} _contexts @param {import('@jest/reporters').AggregatedResult} results */
  onRunComplete(_contexts, results) {
    clearTimeout(this.#watch);
    this.#count(results);
    this.#write(0);
    setTimeout(() => {
      process.stderr.write('all tests have ended, but something they opened has not\n');
      process.exit();
    }, END_MS).unref();
  }

  /** Begins to wait anew for something to happen. */
  #quiet() {
    clearTimeout(this.#watch);
    if (QUIET_SECONDS > 0) this.#watch = setTimeout(() => this.#end(), QUIET_SECONDS * 1000).unref();
  }

  #end() {
    for (const [path, since] of this.#running)
      process.stderr.write(`FAIL ${path} has not ended after ${Math.round((Date.now() - since) / 1000)} s\n`);
    this.#write(Math.max(this.#running.size, 1));
    process.exit(1);
  }

  /** @param {import('@jest/reporters').AggregatedResult} results */
  #count(results) {
    this.#counts = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    };
  }

  /** @param {number} unended */
  #write(unended) {
    const file = process.env.USHADOW_TEST_SUMMARY;
    if (!file) return;
    writeFileSync(file, JSON.stringify({ ...this.#counts, failed: this.#counts.failed + unended }));
  }
}
