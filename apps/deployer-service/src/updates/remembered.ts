import type { StackContent } from '../content/stack-content.ts';
import type { TriedSecrets } from '../content/tried-secrets.ts';

/** What a stack remembers beside what was said of some services. */
export function forgetting(content: StackContent, services: readonly string[]): StackContent {
  const { configuration } = content;
  const others = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([service]) => !services.includes(service)));
  return {
    ...content,
    configuration: {
      ...configuration,
      specs: others(configuration.specs),
      serviceValues: others(configuration.serviceValues),
      nodeNames: others(configuration.nodeNames),
      overrides: configuration.overrides.filter(({ service }) => !services.includes(service)),
      values: {},
      secrets: {},
    },
  };
}

/** Along with secrets that were given to what failed. */
export function withTried(content: StackContent, tried: TriedSecrets): StackContent {
  const { configuration } = content;
  const values = { ...tried.values, ...configuration.values };
  return {
    ...content,
    configuration: { ...configuration, values, secrets: { ...tried.secrets, ...configuration.secrets } },
  };
}

/** What a stack remembers beside the values of some variables. */
export function withoutValues(content: StackContent, names: readonly string[]): StackContent {
  const { configuration } = content;
  const values = Object.entries(configuration.values).filter(([name]) => !names.includes(name));
  return { ...content, configuration: { ...configuration, values: Object.fromEntries(values) } };
}
