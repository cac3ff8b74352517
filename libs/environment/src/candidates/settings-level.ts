import type { Setting } from '../environment-input.ts';
import { settingsFor } from '../setting-names.ts';
import type { Level, Offer } from './level.ts';

/** Settings that name the variable (R34). */
export const settingsLevel: Level = ({ name, input }) =>
  settingsFor(name, input.service, input.settings).map((setting) =>
    fromSetting(setting, `the setting ${setting.path}`),
  );

export function fromSetting(setting: Setting, reason: string, saved = false): Offer {
  const { path, value, secret } = setting;
  return {
    source: 'settings',
    value,
    reason,
    saved,
    settingPaths: [path],
    origin: { secretSetting: secret ? path : undefined },
  };
}
