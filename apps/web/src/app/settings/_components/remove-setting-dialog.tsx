'use client';

import { api } from '../../../api/client.ts';
import { useAction } from '../../../api/use-action.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import type { Setting } from '../_settings/filter-settings.ts';
import type { RemovedSetting } from './removed-notice.tsx';

interface RemoveSettingDialogProps {
  readonly setting: Setting;
  readonly onClose: () => void;
  readonly onRemoved: (removed: RemovedSetting) => void;
}

export function RemoveSettingDialog({ setting: { path, project }, onClose, onRemoved }: RemoveSettingDialogProps) {
  const remove = useAction(async () => {
    const { mapped_by: mappedBy } = await api.deleteSetting({ path, ...(project === null ? {} : { project }) });
    onRemoved({ path, mappedBy });
  });
  return (
    <ConfirmDialog
      name="remove-setting"
      title={`Remove ${path}?`}
      confirm="Remove setting"
      action={remove}
      onClose={onClose}
    >
      <p>
        Its value is forgotten. What is deployed keeps running with it; with their next deployment, services that took
        it fall back to <strong>another setting of that name, a scan, or their Compose file</strong>. A required
        variable that has none of these stops the deployment and says so. You are told afterwards which services were
        mapped to it.
      </p>
    </ConfirmDialog>
  );
}
