import { repositoryRoot } from '@ushadow/testing';
import { runTests } from '../test/run-tests.ts';
import { checkDocs } from './check-docs.ts';

/** Both halves, the second on real servers; gives back the exit code. */
export async function checkWhole(): Promise<number> {
  const { ok, output } = await checkDocs(repositoryRoot());
  if (!ok) console.error(output);
  const code = await runTests(['e2e/docs.e2e.ts']);
  return ok ? code : 1;
}
