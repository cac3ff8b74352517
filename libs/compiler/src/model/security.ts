export interface Security {
  readonly user: string | undefined;
  readonly groups: readonly string[];
  readonly privileged: boolean;
  readonly readOnlyRoot: boolean;
  readonly addCapabilities: readonly string[];
  readonly dropCapabilities: readonly string[];
  /** As written, `no-new-privileges:true`. */
  readonly options: readonly string[];
  readonly sysctls: Readonly<Record<string, string>>;
  readonly pid: string | undefined;
  readonly ipc: string | undefined;
  readonly userNamespace: string | undefined;
  readonly runtime: string | undefined;
  readonly devices: readonly { readonly source: string; readonly target: string; readonly path: string }[];
}
