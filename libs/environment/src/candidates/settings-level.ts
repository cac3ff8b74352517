import { substitute } from '@ushadow/compose';
import type { Setting } from '../environment-input.ts';
import { own } from '../own.ts';
import { settingFor, settingsFor } from '../setting-names.ts';
import type { Level, Offer, Question } from './level.ts';

/** Settings that name the variable, then the declaration filled from settings that its `${…}` name (R34, R38). */
export const settingsLevel: Level = (question) => {
  const { name, input } = question;
  const direct = settingsFor(name, input.service, input.settings);
  return [
    ...direct.map((setting) => fromSetting(setting, `the setting ${setting.path}`)),
    ...throughReferences(
      question,
      direct.map(({ path }) => path),
    ),
  ];
};

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

function throughReferences({ declared, input }: Question, known: readonly string[]): Offer[] {
  if (declared?.template == null) return [];
  const used = new Map<string, Setting>();
  const result = substitute(declared.template, (reference) => {
    const setting = settingFor(reference, input.service, input.settings);
    if (setting === undefined) return own(input.interpolation, reference);
    used.set(setting.path, setting);
    return setting.value;
  });
  const paths = [...used.keys()];
  if (!('value' in result) || paths.length === 0 || paths.every((path) => known.includes(path))) return [];
  return [
    {
      source: 'settings',
      value: result.value,
      reason: `the declaration, with ${paths.map((path) => `the setting ${path}`).join(' and ')}`,
      settingPaths: paths,
      origin: {
        variables: declared.references.map((reference) => reference.name),
        secretSetting: [...used.values()].find((setting) => setting.secret)?.path,
      },
    },
  ];
}
