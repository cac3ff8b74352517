'use client';

import { byteStreams, logsPath } from '@ushadow/contracts';
import { useState } from 'react';
import { useQuery } from '../../../../../api/use-query.ts';
import { Breadcrumb } from '../../../../../ui/breadcrumb.tsx';
import { Button, DownloadButton } from '../../../../../ui/button.tsx';
import { Card } from '../../../../../ui/card.tsx';
import { ErrorNotice } from '../../../../../ui/error-notice.tsx';
import { Notice } from '../../../../../ui/notice.tsx';
import { PageHeader, PageStack } from '../../../../../ui/page-header.tsx';
import { SearchField } from '../../../../../ui/search-field.tsx';
import { useDebounced } from '../../../../../ui/use-debounced.ts';
import { useUrlState } from '../../../../../ui/use-url-state.ts';
import filterStyles from '../../../../deployments/_components/cluster-filter.module.css';
import { useLogs, type LogState } from '../_hooks/use-logs.ts';
import { LogList } from './log-list.tsx';
import styles from './logs-view.module.css';

const SEARCH_MS = 400;

/** What the containers of a stack, or of one service, write. */
export function LogsView({ stackId }: { readonly stackId: string }) {
  const [read, change] = useUrlState();
  const { data: stack } = useQuery('getStack', { stack_id: stackId });
  const service = read('service') ?? '';
  const previous = read('previous') === 'true';
  const withTimes = read('timestamps') === 'true';
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed.trim(), SEARCH_MS);
  const [isPaused, setPaused] = useState(false);
  const logs = useLogs({ stack_id: stackId, service, search, previous }, isPaused);
  const download = logsPath(byteStreams.downloadLogs.path, {
    ...{ stack_id: stackId, previous, timestamps: withTimes },
    ...(service === '' ? {} : { services: [service] }),
    ...(search === '' ? {} : { search }),
  });
  return (
    <PageStack testId="logs-page">
      <PageHeader
        above={<Breadcrumb href={`/stacks/${stackId}`} name={stack?.project ?? 'Stack'} />}
        title="Logs"
        description="What the containers write, in the order of its time. Known secret values are masked."
        actions={
          <DownloadButton href={download} data-testid="log-download">
            Download
          </DownloadButton>
        }
      />
      <LogNotices logs={logs} />
      <Card flush testId="logs">
        <div className={styles['bar']}>
          <label className={filterStyles['filter']}>
            Service
            <select
              value={service}
              data-testid="log-service"
              onChange={(event) => {
                change({ service: event.target.value });
              }}
            >
              <option value="">All</option>
              {(stack?.services ?? []).map(({ service: name }) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <SearchField
            label="Search the logs"
            placeholder="Only lines with…"
            value={typed}
            testId="log-search"
            onChange={setTyped}
          />
          <Choice
            label="Previous run"
            isOn={previous}
            onChange={(isOn) => {
              change({ previous: isOn ? 'true' : null });
            }}
          />
          <Choice
            label="Times"
            isOn={withTimes}
            onChange={(isOn) => {
              change({ timestamps: isOn ? 'true' : null });
            }}
          />
          <Button
            small
            aria-pressed={isPaused}
            data-testid="log-pause"
            onClick={() => {
              setPaused(!isPaused);
            }}
          >
            {isPaused ? 'Go on' : 'Pause'}
          </Button>
          <span className={styles['state']} role="status" data-testid="log-state">
            {stateText(logs, isPaused)}
          </span>
        </div>
        <LogList
          lines={logs.lines}
          withTimes={withTimes}
          emptyText={logs.connection === 'opening' ? 'Asking the cluster…' : 'Nothing so far.'}
        />
      </Card>
    </PageStack>
  );
}

function LogNotices({ logs: { error, interrupted, notices } }: { readonly logs: LogState }) {
  return (
    <>
      {error === undefined ? null : <ErrorNotice error={error} />}
      {interrupted === undefined ? null : (
        <Notice tone="warn" role="status" title="The cluster does not answer now" testId="log-interrupted">
          <p>{interrupted}</p>
        </Notice>
      )}
      {notices.length === 0 ? null : (
        <Notice tone="info" role="status" title="What is not shown, and why" testId="log-notices">
          <ul>
            {notices.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

function Choice({ label, isOn, onChange }: ChoiceProps) {
  return (
    <label className={styles['choice']}>
      <input
        type="checkbox"
        checked={isOn}
        onChange={(event) => {
          onChange(event.target.checked);
        }}
      />
      {label}
    </label>
  );
}

function stateText({ connection, lines }: LogState, isPaused: boolean): string {
  if (isPaused) return 'paused';
  if (connection === 'lost') return 'connection lost, trying again';
  if (connection === 'ended') return `${String(lines.length)} lines, no more to come`;
  return connection === 'live' ? `${String(lines.length)} lines, live` : 'connecting';
}
