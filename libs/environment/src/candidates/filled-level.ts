import { own } from '@ushadow/kubernetes';
import { substitute } from '@ushadow/compose';
import type { NamedValue } from '../environment-input.ts';
import { valueSources, type ValueSource } from '../resolved-variable.ts';
import { settingFor } from '../setting-names.ts';
import { fromSetting } from './settings-level.ts';
import type { Level, Question } from './level.ts';

/** The declaration, filled with what was chosen for the names that its `${…}` refer to (R38). As strong as the strongest of these. */
export const filledLevel: Level = (question) => {
  const { declared, input } = question;
  if (declared?.template == null || declared.origin === 'env_file') return [];
  const used = new Map<string, NamedValue>();
  const unset = new Set<string>();
  const lookup = (reference: string): string | undefined => {
    const value = valueOf(reference, question);
    if (value === undefined) return own(input.interpolation, reference);
    used.set(reference, value);
    return value.value;
  };
  const result = substitute(declared.template, lookup, (reference) => unset.add(reference));
  if (!('value' in result) || used.size === 0) return [];
  const values = [...used.values()];
  const parts = [...new Set([...used].map(([reference, value]) => phrase(reference, value)))];
  return [
    {
      source: strongest(values.map(({ source }) => source)),
      value: result.value,
      reason: `the declaration, with ${parts.join(' and ')}`,
      settingPaths: [...new Set(values.flatMap(({ settingPaths }) => settingPaths))],
      unset: [...unset],
      origin: {
        variables: declared.references.map((reference) => reference.name),
        secretSetting: values.find(({ secretSetting }) => secretSetting !== undefined)?.secretSetting,
      },
    },
  ];
};

/** What was chosen for the name; a setting of this service alone stands before those of all. */
function valueOf(reference: string, { input }: Question): NamedValue | undefined {
  const chosen = own(input.named ?? {}, reference)?.find(({ eligible }) => eligible);
  if (chosen !== undefined && rank(chosen.source) < rank('settings')) return chosen;
  const setting = settingFor(reference, input.service, input.settings);
  return setting === undefined || chosen?.saved === true ? chosen : namedSetting(setting);
}

function namedSetting(setting: Parameters<typeof fromSetting>[0]): NamedValue {
  const { source, value, reason } = fromSetting(setting, `the setting ${setting.path}`);
  const secretSetting = setting.secret ? setting.path : undefined;
  return { source, value, reason, settingPaths: [setting.path], saved: false, eligible: true, secretSetting };
}

const PHRASES: Readonly<Record<ValueSource, string>> = {
  typed: 'as typed',
  shell: 'of the shell',
  env_file: 'of the env file',
  remembered: 'as remembered',
  settings: 'of the settings',
  scan: 'as found by the scan',
  default: 'as the file says',
};

function phrase(reference: string, { source, settingPaths }: NamedValue): string {
  const [path] = settingPaths;
  return path === undefined ? `${reference} ${PHRASES[source]}` : `the setting ${path}`;
}

export function rank(source: ValueSource): number {
  return valueSources.indexOf(source);
}

function strongest(sources: readonly ValueSource[]): ValueSource {
  return valueSources.find((source) => sources.includes(source)) ?? 'default';
}
