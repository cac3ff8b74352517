import { describe, expect, it } from '@jest/globals';
import { commonErrors, operations } from '@ushadow/contracts';
import { FAILURE_CODES } from '@ushadow/deploy-engine';
import { readFileSync } from 'node:fs';
import { VERDICT_CODES } from './deployments/verdicts.ts';

const page = readFileSync(new URL('../../../docs/runbook/codes.md', import.meta.url), 'utf8');
const rows = [...page.matchAll(/^\| `([A-Z_]+)` *\|/gm)].map(([, code = '']) => code);

/** What the deployer's operations may answer. */
const errorCodes = Object.values(operations)
  .filter(({ subject }) => subject.includes('.deployer.'))
  .flatMap(({ errors }) => Object.keys(errors));
const codes = new Set([...FAILURE_CODES, ...Object.values(VERDICT_CODES), ...errorCodes, ...Object.keys(commonErrors)]);

describe('docs/runbook/codes.md', () => {
  it('has one row for each code a deployment or a request to the deployer can end with, and no other', () => {
    expect(rows.toSorted()).toEqual([...codes].sort());
  });
});
