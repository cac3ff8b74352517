/** Where a service runs: what is saved for it is saved for one place. */
export interface Place {
  readonly clusterId: string;
  readonly namespace: string;
}
