import { rule } from '@ushadow/compose';

export const ENVIRONMENT_RULES = {
  CMP0301: rule<{ service: string; variable: string }>({
    severity: 'warning',
    title: 'Variable cannot be given to a container',
    message: ({ service, variable }) =>
      `Variable ${JSON.stringify(variable)} of service "${service}" cannot be carried over: its name holds characters that Kubernetes refuses.`,
    remedy: 'Use printable characters without "=" in names.',
  }),
  CMP0453: rule<{ service: string; where: string }>({
    severity: 'error',
    title: 'NUL cannot be given to a program',
    message: ({ service, where }) =>
      `The ${where} of service "${service}" holds a NUL character: no container can be started with it.`,
    remedy: 'Remove it; give binary data as a file, or as base64.',
  }),
  CMP0302: rule<{ service: string; what: string }>({
    severity: 'error',
    title: 'Environment is too large',
    message: ({ service, what }) =>
      `The environment of service "${service}" does not fit into one ${what}, which holds 1 MiB.`,
    remedy: 'Move large values into files.',
  }),
};
