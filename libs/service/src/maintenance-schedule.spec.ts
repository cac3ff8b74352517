import { describe, expect, it } from '@jest/globals';
import { MaintenanceSchedule, type Maintained } from './maintenance-schedule.ts';

/** A schedule over these steps, what was logged, and an end that waits for the step in hand. */
function scheduled(run: Maintained['run']) {
  const logged: string[] = [];
  const log = (_: unknown, message?: string) => void logged.push(message ?? '');
  const logger = { info: log, warn: log };
  const schedule = new MaintenanceSchedule({ run, stop: () => void logged.push('stopped') }, logger);
  return { schedule, logged };
}

describe('what is done once an hour', () => {
  it('says that it failed, where the database does not answer, and ends nothing by it', async () => {
    const { schedule, logged } = scheduled(() => Promise.reject(new Error('the database is away')));
    schedule.start();
    await schedule.stop();
    expect(logged).toEqual(['stopped', 'maintenance failed']);
  });

  it('says what went, and nothing where nothing did', async () => {
    for (const [gone, said] of [
      [2, ['stopped', 'maintenance done']],
      [0, ['stopped']],
    ] as const) {
      const { schedule, logged } = scheduled(() => Promise.resolve({ tokens: gone }));
      schedule.start();
      await schedule.stop();
      expect(logged).toEqual(said);
    }
  });
});
