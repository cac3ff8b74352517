import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Servers of a test run, as `npm test` hands them to every test file. */
export const TEST_VARIABLES = {
  /** Superuser URL of the Postgres of the run. */
  postgresUrl: 'USHADOW_TEST_POSTGRES_URL',
  /** NATS server of the run, without credentials: every test file takes an account of its own. */
  natsUrl: 'USHADOW_TEST_NATS_URL',
  /** Kubeconfig of the shared Kubernetes control plane. */
  kubeconfig: 'USHADOW_TEST_KUBECONFIG',
  /** Its audit log. */
  auditLog: 'USHADOW_TEST_AUDIT_LOG',
  /** Folder where test files of one run settle who takes what. */
  state: 'USHADOW_TEST_STATE',
  /** A Chromium, for the tests of the web app. */
  chromium: 'USHADOW_TEST_CHROMIUM',
} as const;

export type TestVariable = keyof typeof TEST_VARIABLES;

/** A server of the run. @throws Error that says how to run tests which need servers */
export function testVariable(name: TestVariable): string {
  const value = process.env[TEST_VARIABLES[name]];
  if (value) return value;
  throw new Error(
    `${TEST_VARIABLES[name]} is not set: run this test with \`npm test -- <file>\`, which starts the servers`,
  );
}

/** The same for what a machine may lack; a test skips itself when it is undefined. */
export function optionalTestVariable(name: TestVariable): string | undefined {
  return process.env[TEST_VARIABLES[name]] || undefined;
}

/** Root folder of the repository. */
export function repositoryRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'nx.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('not inside the repository: no nx.json above');
    folder = parent;
  }
  return folder;
}
