import { own } from '@ushadow/kubernetes';
import { fromSetting } from './settings-level.ts';
import type { Level, Offer } from './level.ts';

/** What the user typed for this deployment, then what was saved (R33). A saved reference to a setting is level 2. */
export const typedLevel: Level = ({ name, input }) => {
  const typed = own(input.typed, name);
  const saved = own(input.saved, name);
  const offers: Offer[] = [];
  if (typed !== undefined) offers.push({ source: 'typed', value: typed, reason: 'typed for this deployment' });
  if (saved !== undefined && 'value' in saved) {
    const source = input.savedAs ?? 'typed';
    offers.push({ source, value: saved.value, reason: 'saved for this service', saved: true });
  }
  return offers;
};

/** A setting the user mapped the variable to; stronger than one that only has a fitting name. */
export const mappedLevel: Level = ({ name, input, report }) => {
  const saved = own(input.saved, name);
  if (saved === undefined || !('setting' in saved)) return [];
  const setting = input.settings.find(({ path }) => path === saved.setting);
  if (setting !== undefined) return [fromSetting(setting, `mapped to the setting ${setting.path}`, true)];
  const message = `${name} is mapped to the setting ${saved.setting}, which does not exist. Create it, or reset the variable.`;
  report({ code: 'SETTING_NOT_FOUND', message });
  return [];
};
