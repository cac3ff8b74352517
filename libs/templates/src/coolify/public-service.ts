/** A service that a variable makes public, before it has a host. */
export interface PublicService {
  readonly service: string;
  /** Of the variable: services with one id share their host. */
  readonly id: string;
  /** The id as it is written: what a host is called after. */
  readonly label: string;
  readonly port?: number;
  readonly path?: string;
  /** The service is asked without the path. */
  readonly strip?: true;
  /** What the template calls the address, where it is one that only programs of this kind have. */
  readonly variable?: string;
}
