import { describe, expect, it } from '@jest/globals';
import type { Catalog } from './catalog.ts';
import { ListInfraServices } from './list-infra-services.ts';

describe('services that other projects expect as infrastructure', () => {
  it('are found by one look at each project, however many services there are', async () => {
    let looks = 0;
    const entries = Array.from({ length: 500 }, (_, index) => ({
      ...{
        id: `p${String(index)}:s${String(index)}`,
        name: `s${String(index)}`,
        source: { stem: `p${String(index)}` },
      },
      ...{ metadata: {}, service: { image: 'app:1' } },
      fileMetadata: {
        get infraServices() {
          looks += 1;
          return ['s7', `s${String(index)}`];
        },
      },
    }));
    const catalog = { list: () => Promise.resolve({ entries }) } as unknown as Catalog;
    const { services } = await new ListInfraServices(catalog).run();
    expect(services.map((each) => each.service_id)).toEqual(['p7:s7']);
    expect(looks).toBe(entries.length);
  });
});
