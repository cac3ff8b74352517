import { streams } from '@ushadow/contracts';
import type { Bench } from './bench.ts';

/** The secret that was deployed stands in no table, no stream and no log, neither plain nor in base64. */
export async function checkSecrets(bench: Bench): Promise<string[]> {
  const { canary } = bench.app;
  const forms = [canary, Buffer.from(canary).toString('base64'), Buffer.from(canary).toString('base64url')];
  const holds = (text: string): boolean => forms.some((form) => text.includes(form));
  const places = await bench.store.tablesWith(forms);
  for (const { name } of Object.values(streams))
    if ((await bench.archive.read(name)).some(({ text }) => holds(text))) places.push(name);
  if (holds(bench.system.logs()) || holds(bench.workers.output())) places.push('a log');
  return places.map((place) => `secret: it stands in ${place}`);
}
