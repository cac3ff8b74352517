import { rule } from './catalogue.ts';

type Service = { service: string };

/** CPS07xx: references. CPS08xx: rules about values together. CPS09xx: the project as a whole. */
export const projectDiagnostics = {
  CPS0701: rule<Service & { target: string; suggestion: string }>({
    severity: 'error',
    title: 'Unknown service',
    message: ({ service, target }) => `Service ${service} depends on ${target}, which is not defined.`,
    remedy: ({ suggestion }) =>
      suggestion ? `Did you mean ${suggestion}?` : 'Define the service, or remove the dependency.',
  }),
  CPS0702: rule<Service & { target: string; kind: string }>({
    severity: 'error',
    title: 'Undefined resource',
    message: ({ service, target, kind }) => `Service ${service} uses the ${kind} ${target}, which is not defined.`,
    remedy: ({ target, kind }) => `Add ${target} to the top-level \`${kind}s\`, or correct the name.`,
  }),
  CPS0707: rule<Service & { target: string; profiles: readonly string[] }>({
    severity: 'error',
    title: 'Dependency switched off',
    message: ({ service, target }) => `Service ${service} depends on ${target}, which no active profile switches on.`,
    remedy: ({ profiles }) => `Activate one of the profiles ${profiles.join(', ')}, or write \`required: false\`.`,
  }),
  CPS0708: rule<{ chain: readonly string[] }>({
    severity: 'error',
    title: 'Services depend on each other',
    message: ({ chain }) => `These services depend on each other in a circle: ${chain.join(' -> ')}.`,
    remedy: 'Break the circle.',
  }),
  CPS0710: rule<Service & { target: string; context: string }>({
    severity: 'error',
    title: 'Build context of another service',
    message: ({ service, target, context }) =>
      `Service ${service} takes the build context ${context} from ${target}, which is not defined or not built.`,
    remedy: 'Name a service that has `build`.',
  }),
  CPS0801: rule<Service>({
    severity: 'error',
    title: 'Nothing to run',
    message: ({ service }) => `Service ${service} has neither an image nor a build context.`,
    remedy: 'Add `image:` or `build:`.',
  }),
  CPS0802: rule<Service & { first: string; second: string }>({
    severity: 'error',
    title: 'Keys exclude each other',
    message: ({ service, first, second }) => `Service ${service} has both ${first} and ${second}.`,
    remedy: 'Keep one of the two.',
  }),
  CPS0803: rule<Service & { platform: string }>({
    severity: 'error',
    title: 'Platform not built',
    message: ({ service, platform }) => `Service ${service} runs on ${platform}, which is not among build.platforms.`,
    remedy: 'Add the platform to build.platforms.',
  }),
  CPS0805: rule<Service>({
    severity: 'error',
    title: 'Health check form',
    message: ({ service }) => `The health check of ${service} does not start with CMD, CMD-SHELL or NONE.`,
    remedy: 'Write ["CMD", ...], ["CMD-SHELL", "..."], or a plain text.',
  }),
  CPS0806: rule<Service & { first: string; second: string }>({
    severity: 'error',
    title: 'Two different values for one thing',
    message: ({ service, first, second }) => `Service ${service} has different values in ${first} and ${second}.`,
    remedy: 'Keep one of the two, or make them equal.',
  }),
  CPS0807: rule<Service & { key: string }>({
    severity: 'error',
    title: 'Negative number',
    message: ({ service, key }) => `${key} of service ${service} is negative.`,
    remedy: 'Write 0 or more.',
  }),
  CPS0808: rule<Service>({
    severity: 'error',
    title: 'One name for several containers',
    message: ({ service }) => `Service ${service} has a container_name and more than one replica.`,
    remedy: 'Remove container_name, or run one replica.',
  }),
  CPS0809: rule<Service>({
    severity: 'error',
    title: 'Watch target missing',
    message: ({ service }) => `A watch rule of service ${service} that copies files has no target.`,
    remedy: 'Add `target:`.',
  }),
  CPS0810: rule<Service & { target: string }>({
    severity: 'error',
    title: 'Mounted twice',
    message: ({ service, target }) => `Service ${service} mounts two things at ${target}.`,
    remedy: 'Keep one of the two.',
  }),
  CPS0811: rule<{ kind: string; name: string; keys: readonly string[] }>({
    severity: 'error',
    title: 'Several sources',
    message: ({ kind, name, keys }) => `The ${kind} ${name} has more than one of ${keys.join(', ')}.`,
    remedy: 'Keep one of them.',
  }),
  CPS0812: rule<{ kind: string; name: string; keys: readonly string[] }>({
    severity: 'error',
    title: 'No source',
    message: ({ kind, name, keys }) => `The ${kind} ${name} needs one of ${keys.join(', ')}.`,
    remedy: ({ keys }) => `Add one of ${keys.join(', ')}, or \`external: true\`.`,
  }),
  CPS0813: rule<{ kind: string; name: string; key: string }>({
    severity: 'error',
    title: 'External with settings',
    message: ({ kind, name, key }) => `The ${kind} ${name} is external and also has ${key}.`,
    remedy: 'An external resource takes `name` only; remove the rest.',
  }),
  CPS0815: rule({
    severity: 'error',
    title: 'Device count and ids',
    message: () => 'count and device_ids exclude each other.',
    remedy: 'Keep one of the two.',
  }),
  CPS0816: rule<{ kind: string; name: string }>({
    severity: 'error',
    title: 'Two external names',
    message: ({ kind, name }) => `The ${kind} ${name} has different values in name and external.name.`,
    remedy: 'Keep `name` only.',
  }),
  CPS0817: rule({
    severity: 'error',
    title: 'Blank path',
    message: () => 'The path to watch is blank.',
    remedy: 'Write a path.',
  }),
  CPS0818: rule<Service & { name: string; other: string }>({
    severity: 'error',
    title: 'Container name taken',
    message: ({ service, name, other }) =>
      `Service ${service} has the container_name ${name}, as service ${other} has.`,
    remedy: 'Give each a name of its own, or leave `container_name` out.',
  }),
  CPS0901: rule<{ name: string }>({
    severity: 'error',
    title: 'Invalid project name',
    message: ({ name }) => `The project name ${JSON.stringify(name)} is not valid.`,
    remedy: 'Use lower-case letters, digits, hyphens and underscores; begin with a letter or digit.',
  }),
  CPS0902: rule({
    severity: 'error',
    title: 'No project name',
    message: () => 'The project has no name, and none follows from its directory.',
    remedy: 'Add `name:` to the Compose file, or give a name with --project-name.',
  }),
  CPS0911: rule({
    severity: 'info',
    title: 'Obsolete key version',
    message: () => 'The key version is obsolete and ignored.',
    remedy: 'Remove it.',
  }),
  CPS0912: rule<{ kind: string; name: string }>({
    severity: 'warning',
    title: 'Deprecated key external.name',
    message: ({ kind, name }) => `The ${kind} ${name} uses external.name, which is deprecated.`,
    remedy: 'Write `name:` and `external: true`.',
  }),
};
