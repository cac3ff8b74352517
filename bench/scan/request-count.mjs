import { readFileSync } from 'node:fs';

/** What the audit log has of our requests, by verb. */
export function ownRequests() {
  const counts = {};
  for (const line of readFileSync(process.env.USHADOW_TEST_AUDIT_LOG, 'utf8').split('\n')) {
    if (!line.includes('"userAgent":"ushadow')) continue;
    const verb = /"verb":"(\w+)"/.exec(line)?.[1] ?? '';
    counts[verb] = (counts[verb] ?? 0) + 1;
  }
  return counts;
}

/** The log is written a moment later: read until it stays the same. */
export async function settledRequests() {
  let before = JSON.stringify(ownRequests());
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    const now = JSON.stringify(ownRequests());
    if (now === before) return JSON.parse(now);
    before = now;
  }
}
