import { rule } from '@ushadow/compose';

export const POLICY_RULES = {
  CMP1010: rule<{ service: string; allowed: string; what: string }>({
    severity: 'error',
    title: 'Pod asks for more than is allowed here',
    message: ({ service, allowed, what }) =>
      `The pod of service "${service}" does not fit Pod Security level "${allowed}", beyond which nothing is deployed here: ${what}.`,
    remedy: 'Do without, or have the level allowed by whoever runs this installation.',
  }),
  CMP1011: rule<{ service: string; account: string }>({
    severity: 'error',
    title: 'Service account is not allowed',
    message: ({ service, account }) =>
      `The pod of service "${service}" runs as service account "${account}", which is not allowed here.`,
    remedy: 'Remove the account, or have it allowed by whoever runs this installation.',
  }),
};
