import type { operations, OutputOf } from '@ushadow/contracts';
import type { Setting } from './setting.ts';

export function toContract(setting: Setting): OutputOf<typeof operations.putSetting> {
  return {
    path: setting.path,
    project: setting.project,
    for_uploads: setting.forUploads,
    value: setting.isSecret ? null : setting.value,
    is_secret: setting.isSecret,
    updated_at: setting.updatedAt.toISOString(),
    updated_by: setting.updatedBy,
  };
}
