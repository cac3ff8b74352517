import { Badge } from '../../../ui/badge.tsx';
import { IconButton } from '../../../ui/button.tsx';
import { Table } from '../../../ui/table.tsx';
import { TimeAgo } from '../../../ui/time-ago.tsx';
import type { Setting } from '../_settings/filter-settings.ts';
import styles from './setting-table.module.css';

interface SettingTableProps {
  readonly settings: readonly Setting[];
  readonly onOpen: (kind: 'edit' | 'remove', setting: Setting) => void;
}

export function SettingTable({ settings, onOpen }: SettingTableProps) {
  return (
    <Table label="Settings" columns={['Path', 'Value', 'Seen by', 'Changed', 'Actions']} testId="setting-table">
      {settings.map((setting) => (
        <SettingRow key={`${setting.project ?? ''}/${setting.path}`} setting={setting} onOpen={onOpen} />
      ))}
    </Table>
  );
}

function SettingRow({ setting, onOpen }: Pick<SettingTableProps, 'onOpen'> & { readonly setting: Setting }) {
  const { path, updated_at: at, updated_by: by } = setting;
  return (
    <tr data-testid={`setting-${path}`}>
      <td data-label="Path">
        <code className={styles['path']}>{path}</code>
      </td>
      <td data-label="Value">
        <SettingValue setting={setting} />
      </td>
      <td data-label="Seen by">
        <Audience setting={setting} />
      </td>
      <td data-label="Changed">
        <span className={styles['when']}>
          <TimeAgo at={at} /> by {by}
        </span>
      </td>
      <td data-label="Actions">
        <span className={styles['actions']}>
          <IconButton
            icon="pencil"
            label={`Change ${path}`}
            data-testid={`edit-setting-${path}`}
            onClick={() => {
              onOpen('edit', setting);
            }}
          />
          <IconButton
            icon="trash"
            label={`Remove ${path}`}
            data-testid={`remove-setting-${path}`}
            onClick={() => {
              onOpen('remove', setting);
            }}
          />
        </span>
      </td>
    </tr>
  );
}

function Audience({ setting }: { readonly setting: Setting }) {
  if (setting.project !== null) return <code className={styles['value']}>{setting.project}</code>;
  return <span>{setting.for_uploads ? 'all projects' : 'projects of the folder'}</span>;
}

function SettingValue({ setting: { value, is_secret: isSecret } }: { readonly setting: Setting }) {
  if (isSecret) {
    return (
      <span className={styles['secret']}>
        <Badge tone="neutral" icon="lock">
          secret
        </Badge>
        <span className={styles['muted']}>set, not shown</span>
      </span>
    );
  }
  return value === null || value === '' ? (
    <span className={styles['muted']}>empty</span>
  ) : (
    <code className={styles['value']}>{value}</code>
  );
}
