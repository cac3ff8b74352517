import { own } from '@ushadow/kubernetes';
import { fromSetting } from '../candidates/settings-level.ts';
import type { Offer } from '../candidates/level.ts';
import { rank } from '../candidates/filled-level.ts';
import { scanLevel } from '../candidates/scan-level.ts';
import type { EnvironmentInput, NamedValue } from '../environment-input.ts';
import { settingsFor } from '../setting-names.ts';
import { keptFromScans } from './kept-from-scans.ts';
import { indexNames, type NameIndex } from './name-index.ts';
import type { ProjectInput, ProjectService, ValueLayers } from './project-input.ts';

export interface ChosenValues {
  /** By name, the strongest first; the first eligible one is the value of `${NAME}` wherever it stands. */
  readonly named: Readonly<Record<string, readonly NamedValue[]>>;
  /** Variables that keep their default whatever a scan finds. */
  readonly kept: ReadonlySet<string>;
}

/** What can be said of each name of a project, its defaults left aside. */
export function chooseValues(input: ProjectInput): ChosenValues {
  const kept = keptFromScans(input.services, input.ownNames);
  const names = [...new Set([...referencesOf(input), ...declaredNames(input)])];
  const index = indexNames(input);
  return { kept, named: Object.fromEntries(names.map((name) => [name, valuesOf(name, input, kept, index)])) };
}

/** The value of each name that has one, for the `${…}` of all files. */
export function filledBy({ named }: ChosenValues): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(named).flatMap(([name, values]) => {
      const winner = values.find(({ eligible }) => eligible);
      return winner === undefined ? [] : [[name, winner.value] as const];
    }),
  );
}

function referencesOf({ references, services }: ProjectInput): readonly string[] {
  return [...references, ...services.flatMap(({ declared }) => declared.flatMap((each) => each.references))].map(
    ({ name }) => name,
  );
}

function declaredNames({ services }: ProjectInput): readonly string[] {
  return services.flatMap(({ declared }) => declared.map(({ name }) => name));
}

const LAYERS: readonly {
  readonly layer: keyof ValueLayers;
  readonly source: NamedValue['source'];
  readonly reason: string;
}[] = [
  { layer: 'typed', source: 'typed', reason: 'typed for this deployment' },
  { layer: 'shell', source: 'shell', reason: 'the shell that asks' },
  { layer: 'envFile', source: 'env_file', reason: 'the env file' },
  { layer: 'remembered', source: 'remembered', reason: 'remembered from before' },
];

function valuesOf(
  name: string,
  input: ProjectInput,
  kept: ReadonlySet<string>,
  index: NameIndex,
): readonly NamedValue[] {
  const given = LAYERS.flatMap(({ layer, source, reason }): Offer[] => {
    const value = own(input.layers[layer], name);
    return value === undefined ? [] : [{ source, value, reason }];
  });
  const offers = [
    ...given,
    ...savedOffers(name, input, index),
    ...settingOffers(name, input),
    ...scanOffers(name, input, kept, index),
  ];
  return offers.toSorted((a, b) => rank(a.source) - rank(b.source)).map(toNamed);
}

/** What is saved for one service fills the name in all of them; the first service that has a value says it. */
function savedOffers(name: string, { settings, savedAs }: ProjectInput, index: NameIndex): readonly Offer[] {
  for (const { service, saved } of index.saved.get(name) ?? []) {
    if ('value' in saved) {
      return [{ source: savedAs, value: saved.value, reason: `saved for ${service.name}`, saved: true }];
    }
    const setting = settings.find(({ path }) => path === saved.setting);
    if (setting !== undefined) return [fromSetting(setting, `mapped to the setting ${setting.path}`, true)];
  }
  return [];
}

/** A project of one service takes what is set for that service; else such a setting is that service’s own. */
function settingOffers(name: string, { services, settings }: ProjectInput): readonly Offer[] {
  const [only, ...more] = services;
  const service = only === undefined || more.length > 0 ? { id: '', name: '' } : only;
  return settingsFor(name, service, settings).map((setting) => fromSetting(setting, `the setting ${setting.path}`));
}

/** Only a container’s variable is filled from a scan (M9), and with it every `${NAME}` of that name. */
function scanOffers(name: string, input: ProjectInput, kept: ReadonlySet<string>, index: NameIndex): readonly Offer[] {
  const first = index.declared.get(name);
  if (first === undefined || input.scans.length === 0) return [];
  const { service, declared } = first;
  return scanLevel({ name, declared, input: environmentOf(service, input, kept), report: () => undefined });
}

/** One service of a project as the question after its environment. */
export function environmentOf(
  service: ProjectService,
  input: ProjectInput,
  kept: ReadonlySet<string>,
  named: ChosenValues['named'] = {},
): EnvironmentInput {
  return {
    service: { id: service.id, name: service.name },
    declared: service.declared,
    interpolation: input.interpolation,
    named,
    kept,
    typed: service.typed,
    saved: service.saved,
    savedAs: input.savedAs,
    settings: input.settings,
    scans: input.scans,
    secretOverrides: { ...service.secrets, ...input.secretOverrides },
  };
}

function toNamed({
  source,
  value,
  reason,
  settingPaths = [],
  saved = false,
  eligible = true,
  origin,
}: Offer): NamedValue {
  return { source, value, reason, settingPaths, saved, eligible, secretSetting: origin?.secretSetting };
}
