import type { InputOf, operations } from '@ushadow/contracts';

type Changes = NonNullable<InputOf<typeof operations.updateCluster>['policies']>;

/** What was allowed and refused, each in words, for the audit. */
export function policyTexts({ namespaces, ...all }: Changes): string[] {
  const texts = (where: string, policies: Readonly<Record<string, boolean | undefined>>): string[] =>
    Object.entries(policies).flatMap(([name, isOn]) =>
      isOn === undefined ? [] : [`${where}${name}: ${isOn ? 'on' : 'off'}`],
    );
  const exceptions = Object.entries(namespaces ?? {}).flatMap(([name, own]) => texts(`${name}/`, own));
  return [...texts('', all), ...(namespaces === undefined ? [] : ['namespaces', ...exceptions])];
}
