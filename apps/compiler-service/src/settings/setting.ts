import { DomainError } from '@ushadow/contracts';
import type { SourcePlace } from '../catalog/project-source.ts';

/** Who sees a setting. */
export interface SettingScope {
  /** The one project that sees it; null: the installation's. */
  readonly project: string | null;
  /** An installation's: projects that were uploaded see it too. */
  readonly forUploads: boolean;
}

/** A value kept for many services. */
export interface Setting extends SettingScope {
  readonly path: string;
  readonly value: string;
  readonly isSecret: boolean;
  readonly updatedAt: Date;
  readonly updatedBy: string;
}

/** All of them are read for each variable of a service. */
export const SETTINGS_MAX = 2_000;

export function tooManySettings(): DomainError {
  const message = `There are ${String(SETTINGS_MAX)} settings already. Remove some that nothing uses.`;
  return new DomainError('TOO_MANY_SETTINGS', 'invalid', message);
}

/** Whether a project may use a setting: its own, and of the installation's those that are for it. */
export function isVisible(
  { project, forUploads }: SettingScope,
  { stem, origin }: Pick<SourcePlace, 'stem' | 'origin'>,
): boolean {
  return project === null ? origin === 'directory' || forUploads : project === stem;
}
