import { rule } from '@ushadow/compose';

export const ENVIRONMENT_RULES = {
  CMP0301: rule<{ service: string; variable: string }>({
    severity: 'warning',
    title: 'Variable cannot be given to a container',
    message: ({ service, variable }) =>
      `Variable ${JSON.stringify(variable)} of service "${service}" cannot be carried over: its name or value holds characters that Kubernetes refuses.`,
    remedy: 'Use printable characters without "=" in names, and no NUL in values.',
  }),
  CMP0302: rule<{ service: string; what: string }>({
    severity: 'error',
    title: 'Environment is too large',
    message: ({ service, what }) =>
      `The environment of service "${service}" does not fit into one ${what}, which holds 1 MiB.`,
    remedy: 'Move large values into files.',
  }),
};
