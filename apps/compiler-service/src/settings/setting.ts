/** A value kept for all services. */
export interface Setting {
  readonly path: string;
  readonly value: string;
  readonly isSecret: boolean;
  readonly updatedAt: Date;
  readonly updatedBy: string;
}
