import type { Settings } from '../model/settings.ts';
import { settingsFromSpec } from '../settings/from-spec.ts';
import type { Pass } from './pass.ts';
import { mapServices } from './pass.ts';

/** What was asked for beyond Compose: the deployment spec wins over labels. */
export const gatherSettings: Pass = {
  name: 'gather-settings',
  run(plan, { input }) {
    return mapServices(plan, (planned) => {
      const spec = input.specs?.[planned.service.name];
      const settings: Settings = spec === undefined ? {} : settingsFromSpec(spec, input.options);
      return { ...planned, settings };
    });
  },
};
