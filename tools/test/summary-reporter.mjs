// @ts-check
import { writeFileSync } from 'node:fs';

/** A jest reporter that leaves the counts for the closing line. A file that could not even be loaded counts as a failure. */
export default class SummaryReporter {
  /** @param {unknown} _contexts @param {import('@jest/reporters').AggregatedResult} results */
  onRunComplete(_contexts, results) {
    const file = process.env.USHADOW_TEST_SUMMARY;
    if (!file) return;
    const summary = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    };
    writeFileSync(file, JSON.stringify(summary));
  }
}
