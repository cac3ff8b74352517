import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { validateObjects } from '@ushadow/kubernetes-schema';
import { composeFixtures, fixtures } from './harness/fixture-files.ts';
import { copyingConverter, precompile } from './harness/precompile.ts';
import { hasProgram, runScorer } from './harness/run-scorer.ts';
import type { ScoreResult } from './harness/run-scorer.ts';
import { ApiServer } from '@ushadow/kubernetes-schema/testing';

const files = composeFixtures().map(({ path }) => path);
const kubeconfig = process.env.USHADOW_TEST_KUBECONFIG;
const short = (file: string): string => relative(fixtures, file);

(files.length && kubeconfig ? describe : describe.skip)(
  'every fixture on a real API server (needs the fixtures folder and USHADOW_TEST_KUBECONFIG)',
  () => {
    let server: ApiServer;
    let folder: string;
    let compiled: ReturnType<typeof precompile>;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'ushadow-fixtures-'));
      compiled = precompile(files, folder);
      server = new ApiServer(kubeconfig ?? '');
      await server.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'held' } });
    });
    afterAll(() => {
      server.close();
      rmSync(folder, { recursive: true });
    });

    it('every object is valid by our own check', () => {
      const found = files.flatMap((file) =>
        validateObjects(compiled.get(file)?.result?.objects ?? [], '1.37').map(
          (v) => `${short(file)} ${v.object.kind} ${v.pointer} ${v.message}`,
        ),
      );
      expect(found).toEqual([]);
    });

    it('every object is accepted by a strict server-side dry run', async () => {
      const refused: string[] = [];
      for (const file of files)
        for (const object of compiled.get(file)?.result?.objects ?? []) {
          const verdict = await server.dryRun(object);
          if (verdict !== undefined) refused.push(`${short(file)} ${object.kind} ${object.metadata.name}: ${verdict}`);
        }
      expect(refused).toEqual([]);
    }, 120_000);

    (hasProgram('docker-compose') ? it : it.skip)(
      'names, ports, environment, commands, probes, files and order are what docker-compose says (needs docker-compose)',
      async () => {
        const score = await runScorer(files, copyingConverter(folder), folder);
        process.stdout.write(table(score));
        expect(
          score.failures.map((f) => `${f.fact} ${short(f.file)} ${f.service ?? ''}: ${f.expected} but ${f.got}`),
        ).toEqual([]);
      },
      600_000,
    );
  },
);

function table({ totals }: ScoreResult): string {
  const rows = Object.entries(totals).map(
    ([fact, { ok, n, percent }]) =>
      `${fact.padEnd(18)} ${String(ok).padStart(4)} / ${String(n).padEnd(4)} ${percent ?? '-'} %`,
  );
  return `${rows.join('\n')}\n`;
}
