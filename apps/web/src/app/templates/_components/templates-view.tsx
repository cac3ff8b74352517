'use client';

import type { TemplateData } from '@ushadow/contracts';
import { usePages, type PageReader } from '../../../api/use-pages.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { MoreButton } from '../../../ui/more-button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { PageHeader, PageStack } from '../../../ui/page-header.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useDebounced } from '../../../ui/use-debounced.ts';
import { useUrlState } from '../../../ui/use-url-state.ts';
import { TemplateList } from './template-list.tsx';

const PAGE_SIZE = 50;
const SETTLE_MS = 200;
/** Checking goes on while one looks. */
const POLL_MS = 5_000;
const SEARCH_MAX = 200;

const reader: PageReader<'listTemplates', TemplateData> = {
  itemsOf: ({ templates }) => templates,
  nextOf: ({ next_cursor: cursor }) => (cursor === null ? null : { cursor }),
  keyOf: ({ id }) => id,
};

/** Templates of the operator's folders: what can become a project by a click. */
export function TemplatesView() {
  const [read, change] = useUrlState();
  const query = read('q') ?? '';
  const search = useDebounced(query.trim().slice(0, SEARCH_MAX), SETTLE_MS);
  const scope = { limit: PAGE_SIZE, ...(search === '' ? {} : { search }) };
  const pages = usePages('listTemplates', scope, reader, POLL_MS);
  const { newest, items } = pages;
  return (
    <PageStack testId="templates-page">
      <PageHeader
        title="Templates"
        description="Sites that others have put together. Use one, and it is a project of yours."
      />
      {pages.error === undefined ? null : <ErrorNotice error={pages.error} onRetry={pages.reload} />}
      <SearchField
        label="Search templates"
        placeholder="Search name, description, tags…"
        value={query}
        testId="template-search"
        onChange={(text) => {
          change({ q: text });
        }}
      />
      {newest === undefined || items === undefined ? (
        pages.error === undefined && <Skeleton label="Loading templates" shape="rows" count={4} />
      ) : (
        <>
          {newest.problems.length === 0 ? null : (
            <Notice tone="warn" title="Not all templates are here" testId="template-problems">
              <ul>
                {newest.problems.map((problem) => (
                  <li key={problem}>{problem}</li>
                ))}
              </ul>
            </Notice>
          )}
          <p role="status" data-testid="template-count">
            {newest.found} of {newest.total} templates
            {newest.checked < newest.total ? `; ${String(newest.checked)} are checked` : ''}
          </p>
          {items.length > 0 ? (
            <TemplateList templates={items} />
          ) : (
            <EmptyState icon="search" title={newest.total === 0 ? 'No templates' : 'Nothing fits the search'}>
              {newest.total === 0
                ? 'Put templates of Coolify’s or Dokploy’s into a folder that TEMPLATES_DIR names.'
                : `None of the ${String(newest.total)} templates matches.`}
            </EmptyState>
          )}
          <MoreButton pages={pages} label="Show more" />
        </>
      )}
    </PageStack>
  );
}
