import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { deploy } from '@ushadow/deploy-engine';
import type { DeployResult, DesiredState } from '@ushadow/deploy-engine';
import type { CompileResult } from '@ushadow/compiler';
import { KubernetesTransport, systemClock } from '@ushadow/kubernetes/transport';
import { connectionFrom } from './support/connection.ts';
import { compileProject } from './support/compile-project.ts';
import { Namespace, nodeKubeconfig } from './support/kubectl.ts';

jest.setTimeout(300_000);

const conditions = { started: 'started', ready: 'ready', completed: 'complete' } as const;

function desiredState({ objects, dependencies }: CompileResult): DesiredState {
  return {
    objects,
    dependencies: dependencies.map(({ from, to, condition }) => ({
      object: from,
      on: to,
      condition: conditions[condition],
    })),
  };
}

(nodeKubeconfig ? describe : describe.skip)(
  'a migration before the app, by the deploy engine (needs USHADOW_E2E_KUBECONFIG)',
  () => {
    const namespace = new Namespace('e2e-migration');
    let result: DeployResult;
    beforeAll(async () => {
      const cluster = new KubernetesTransport(connectionFrom(readFileSync(nodeKubeconfig ?? '', 'utf8')));
      const run = deploy(
        desiredState(compileProject('migration', { namespace: namespace.name })),
        cluster,
        { deadlineMs: 240_000 },
        { clock: systemClock },
      );
      let step = await run.next();
      while (step.done !== true) step = await run.next();
      result = step.value;
      await cluster.close();
    });
    afterAll(() => namespace.remove());

    it('ends with the verdict succeeded', () => expect(result).toMatchObject({ verdict: 'succeeded' }));

    it('the app started after the migration had run to its end: it read the table at once and never failed', async () => {
      expect(await namespace.exec('deployment/app', 'cat', '/tmp/note')).toBe('migrated\n');
      expect(await namespace.restarts('app')).toBe(0);
    });

    it('the migration ran once, as a Job', async () => {
      await namespace.waitFor('job/migrate', 'condition=complete');
      expect(await namespace.exec('statefulset/db', 'psql', '-U', 'app', '-Atc', 'select count(*) from notes')).toBe(
        '1\n',
      );
    });
  },
);
