'use client';

import type { operations, OutputOf } from '@ushadow/contracts';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../../api/client.ts';
import { useAction } from '../../../../api/use-action.ts';
import { useQuery } from '../../../../api/use-query.ts';
import { Breadcrumb } from '../../../../ui/breadcrumb.tsx';
import { Button, LinkButton } from '../../../../ui/button.tsx';
import { Card } from '../../../../ui/card.tsx';
import { DiagnosticNotices } from '../../../../ui/diagnostic-notices.tsx';
import { ErrorNotice } from '../../../../ui/error-notice.tsx';
import { Checkbox, Field, FieldStack } from '../../../../ui/field.tsx';
import { PageHeader, PageStack } from '../../../../ui/page-header.tsx';
import { Tabs } from '../../../../ui/tabs.tsx';
import { deployHref } from '../../_links/deploy-href.ts';
import { isComplete, noSource, toRequest, type NewProject } from '../../_upload/new-project.ts';
import { suggestName } from '../../_upload/upload-name.ts';
import { limitsText } from '../../_upload/upload-problems.ts';
import { FileChooser } from './file-chooser.tsx';
import { NameField } from './name-field.tsx';
import { SelectedFiles } from './selected-files.tsx';

type Upload = OutputOf<typeof operations.uploadProject>;

/** Text or files become a project of the catalog; what is wrong with it is shown here, what is right goes on to the deploy page. */
export function NewProjectView() {
  const router = useRouter();
  const known = useQuery('listUploads', {});
  const [form, setForm] = useState<NewProject>(noSource);
  const [faulty, setFaulty] = useState<Upload | null>(null);
  const isTaken = known.data?.uploads.some(({ name }) => name === form.name) === true;
  const change = (part: Partial<NewProject>) => {
    add.reset();
    setForm((last) => ({ ...last, ...part }));
  };
  const add = useAction(async () => {
    setFaulty(null);
    try {
      const done = await api.uploadProject(await toRequest(form, isTaken));
      known.reload();
      if (done.services.length > 0 && done.diagnostics.every(({ severity }) => severity !== 'error')) {
        router.push(deployHref({ project: done.name }));
        return;
      }
      setFaulty(done);
      setForm((last) => ({ ...last, replace: true }));
    } catch (error) {
      known.reload();
      throw error;
    }
  });
  const isReady = isComplete(form, isTaken);
  return (
    <PageStack testId="new-project-page">
      <PageHeader
        above={<Breadcrumb href="/projects" name="Projects" />}
        title="Add a project"
        description="A Compose file, and what it refers to: env files, configs, secrets, bound files."
      />
      {faulty === null ? null : (
        <section aria-label="What is wrong with it" data-testid="upload-result">
          <FieldStack>
            <p>
              <strong>{faulty.name}</strong> is kept, with mistakes.{' '}
              {faulty.services.length === 0 ? 'It cannot be used yet.' : 'Part of it cannot be used yet.'} Put them
              right and add it again.
            </p>
            <DiagnosticNotices diagnostics={faulty.diagnostics} />
            {faulty.services.length === 0 ? null : (
              <div>
                <LinkButton small href={deployHref({ project: faulty.name })}>
                  Deploy what can be used…
                </LinkButton>
              </div>
            )}
          </FieldStack>
        </section>
      )}
      <Card>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (isReady && !add.busy) void add.run();
          }}
        >
          <FieldStack>
            <Tabs
              label="Where it comes from"
              tabs={[
                { id: 'paste', name: 'Paste' },
                { id: 'files', name: 'Files, a folder or a zip' },
              ]}
              chosen={form.from}
              onChoose={(from) => {
                change({ from });
              }}
            >
              {form.from === 'paste' ? (
                <Field label="Compose file" hint="What it refers to beside itself needs an upload.">
                  {(control) => (
                    <textarea
                      {...control}
                      rows={18}
                      value={form.text}
                      spellCheck={false}
                      autoCapitalize="off"
                      placeholder={'services:\n  web:\n    image: nginx:1.27\n    ports: ["8080:80"]'}
                      data-testid="compose-text"
                      onChange={(event) => {
                        change({ text: event.target.value });
                      }}
                    />
                  )}
                </Field>
              ) : (
                <FieldStack>
                  <FileChooser
                    onSelect={(selection) => {
                      const name = form.isNamed ? form.name : suggestName(selection.name ?? '');
                      change({ selection, name, replace: form.isNamed && form.replace });
                    }}
                  />
                  <p>{limitsText}</p>
                  {form.selection === null ? null : <SelectedFiles selection={form.selection} />}
                </FieldStack>
              )}
            </Tabs>
            <NameField
              name={form.name}
              onChange={(name) => {
                change({ name, isNamed: true, replace: false });
              }}
            />
            {isTaken ? (
              <Checkbox
                label={
                  <>
                    Replace the project <strong>{form.name}</strong>
                  </>
                }
                hint="There is one of this name. What was deployed from it stays until the next deployment."
                checked={form.replace}
                testId="upload-replace"
                onChange={(replace) => {
                  change({ replace });
                }}
              />
            ) : null}
            {add.error === undefined ? null : <ErrorNotice error={add.error} testId="upload-error" />}
            <div>
              <Button
                type="submit"
                variant="primary"
                busy={add.busy}
                disabled={!isReady}
                data-testid="confirm-add-project-btn"
              >
                {add.busy ? 'Adding…' : 'Add and go on to deploy'}
              </Button>
            </div>
          </FieldStack>
        </form>
      </Card>
    </PageStack>
  );
}
