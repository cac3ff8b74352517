import { streams } from '@ushadow/contracts';
import type { Bench } from './bench.ts';
import { messages } from './check-audit.ts';

/** The secret that was deployed stands in no table, no stream and no log, neither plain nor in base64. */
export async function checkSecrets(bench: Bench): Promise<string[]> {
  const { canary } = bench.app;
  const forms = [canary, Buffer.from(canary).toString('base64'), Buffer.from(canary).toString('base64url')];
  const stored = await Promise.all(Object.values(streams).map(({ name }) => messages(bench, name)));
  const places: Readonly<Record<string, readonly string[]>> = {
    Postgres: await bench.store.everything(),
    NATS: stored.flat().map(({ text }) => text),
    'a log': [bench.system.logs(), bench.workers.output()],
  };
  return Object.entries(places)
    .filter(([, texts]) => texts.some((text) => forms.some((form) => text.includes(form))))
    .map(([place]) => `secret: it stands in ${place}`);
}
