'use client';

import { useState } from 'react';
import { useQuery } from '../../../api/use-query.ts';
import { Button, LinkButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { PageHeader, PageStack } from '../../../ui/page-header.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useUrlState } from '../../../ui/use-url-state.ts';
import { filterSettings, type Setting } from '../_settings/filter-settings.ts';
import { RemoveSettingDialog } from './remove-setting-dialog.tsx';
import { RemovedNotice, type RemovedSetting } from './removed-notice.tsx';
import { SettingDialog } from './setting-dialog.tsx';
import { SettingTable } from './setting-table.tsx';
import styles from './settings-view.module.css';

/** What a dialog is open for. */
type Open = { readonly kind: 'add' } | { readonly kind: 'edit' | 'remove'; readonly setting: Setting } | null;

export function SettingsView() {
  const settings = useQuery('listSettings', {});
  const [read, change] = useUrlState();
  const [query, setQuery] = useState(read('q') ?? '');
  const [open, setOpen] = useState<Open>(null);
  const [removed, setRemoved] = useState<RemovedSetting | null>(null);
  const [news, setNews] = useState('');
  const close = () => {
    setOpen(null);
  };
  const add = () => {
    setOpen({ kind: 'add' });
  };

  return (
    <PageStack testId="settings-page">
      <PageHeader
        title="Settings"
        description="Values kept once for many services. A variable takes the setting that has its name and that its project may see, unless you type a value for it."
        actions={
          <>
            <LinkButton href="/settings/notifications">Notifications</LinkButton>
            <Button variant="primary" icon="plus" data-testid="add-setting-btn" onClick={add}>
              Add setting
            </Button>
          </>
        }
      />
      <p role="status" className="visually-hidden">
        {news}
      </p>
      {removed === null ? null : <RemovedNotice removed={removed} />}
      {settings.error === undefined ? null : <ErrorNotice error={settings.error} onRetry={settings.reload} />}
      {settings.data === undefined ? (
        settings.error === undefined && <Skeleton label="Loading settings" shape="rows" count={4} />
      ) : (
        <SettingList
          settings={settings.data.settings}
          query={query}
          onQuery={(text) => {
            setQuery(text);
            change({ q: text });
          }}
          onAdd={add}
          onOpen={setOpen}
        />
      )}
      {open === null || open.kind === 'remove' ? null : (
        <SettingDialog
          known={settings.data?.settings ?? []}
          setting={open.kind === 'edit' ? open.setting : null}
          onClose={close}
          onSaved={({ path }) => {
            close();
            setNews(`The setting ${path} is saved.`);
            setRemoved(null);
            settings.reload();
          }}
        />
      )}
      {open?.kind === 'remove' ? (
        <RemoveSettingDialog
          setting={open.setting}
          onClose={close}
          onRemoved={(gone) => {
            close();
            setRemoved(gone);
            settings.reload();
          }}
        />
      ) : null}
    </PageStack>
  );
}

interface SettingListProps {
  readonly settings: readonly Setting[];
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly onAdd: () => void;
  readonly onOpen: (open: Open) => void;
}

function SettingList({ settings, query, onQuery, onAdd, onOpen }: SettingListProps) {
  if (settings.length === 0) return <NoSettings onAdd={onAdd} />;
  const fitting = filterSettings(settings, query);
  return (
    <>
      <search className={styles['bar']}>
        <SearchField
          label="Search settings"
          placeholder="Search path or value…"
          value={query}
          testId="setting-search"
          onChange={onQuery}
        />
        <p className={styles['count']} role="status">
          {fitting.length === settings.length
            ? `${String(settings.length)} settings`
            : `${String(fitting.length)} of ${String(settings.length)} settings`}
        </p>
      </search>
      {fitting.length === 0 ? (
        <EmptyState
          icon="search"
          title="Nothing fits the search"
          actions={
            <Button
              onClick={() => {
                onQuery('');
              }}
            >
              Show all settings
            </Button>
          }
        >
          Values of secret settings are not searched.
        </EmptyState>
      ) : (
        <Card flush>
          <SettingTable
            settings={fitting}
            onOpen={(kind, setting) => {
              onOpen({ kind, setting });
            }}
          />
        </Card>
      )}
    </>
  );
}

function NoSettings({ onAdd }: { readonly onAdd: () => void }) {
  return (
    <EmptyState
      icon="key"
      title="No settings yet"
      testId="no-settings"
      actions={
        <Button variant="primary" onClick={onAdd}>
          Add your first setting
        </Button>
      }
    >
      A setting gives many services the same value. With <code>api_keys.openai_api_key</code>, for example, every
      service that has a variable <code>OPENAI_API_KEY</code> gets your key, also when you change it later: with its
      next deployment. Secret values are stored encrypted and never shown again.
    </EmptyState>
  );
}
