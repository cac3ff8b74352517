import { rule } from '@ushadow/compose';

export const SECRET_RULES = {
  CMP0440: rule<{ variable: string; object: string; field: string }>({
    severity: 'warning',
    title: 'Secret stands in the open',
    message: ({ variable, object, field }) =>
      `The secret ${variable} stands in clear in ${field} of ${object}: whoever may read that object sees it.`,
    remedy:
      'Let the program read it from its environment, or from a file that a secret is mounted as; in a health check or a hook, let a shell read it: ["CMD-SHELL", "… $$VARIABLE"].',
  }),
  CMP0450: rule<{ service: string; where: string; what: string }>({
    severity: 'warning',
    title: 'Secret is written out',
    message: ({ service, where, what }) =>
      `Service "${service}" is given a secret as it is in ${where} (${what}): whoever may read its workload sees it.`,
    remedy:
      'Write a variable in its place, such as ${DB_PASSWORD}, with its value in .env or a setting: it is kept in a Secret then.',
  }),
};
