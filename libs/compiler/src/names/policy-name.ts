/** The policy that keeps open what a service publishes; names of networks' own give way to it. */
export const policyName = (service: string): string => `${service}-published`;
