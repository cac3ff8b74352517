import { publicOperations, type TemplateDetailData } from '@ushadow/contracts';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../../api/client.ts';
import { fieldErrors } from '../../../../api/field-errors.ts';
import { useAction } from '../../../../api/use-action.ts';
import { useQuery } from '../../../../api/use-query.ts';
import { Button } from '../../../../ui/button.tsx';
import { Card } from '../../../../ui/card.tsx';
import { ErrorNotice } from '../../../../ui/error-notice.tsx';
import { Checkbox, FieldRow, FieldStack } from '../../../../ui/field.tsx';
import { TextInput } from '../../../../ui/text-input.tsx';
import { deployHref } from '../../../projects/_links/deploy-href.ts';
import { suggestName } from '../../../projects/_upload/upload-name.ts';

/** Makes a project of the template, and goes on to its deploy page. Generated values stay on the server. */
export function UseTemplateForm({ template }: { readonly template: TemplateDetailData }) {
  const router = useRouter();
  const uploads = useQuery('listUploads', {});
  const [project, setProject] = useState(suggestName(template.name));
  const [domain, setDomain] = useState('');
  const [replace, setReplace] = useState(false);
  const isTaken = uploads.data?.uploads.some(({ name }) => name === project) === true;
  const request = {
    name: template.id,
    ...(project === '' ? {} : { project }),
    ...(domain === '' ? {} : { domain }),
    replace: isTaken && replace,
  };
  const errors = fieldErrors(publicOperations.useTemplate.input, request);
  const isReady = Object.keys(errors).length === 0 && (!isTaken || replace);
  const use = useAction(async () => {
    const used = await api.useTemplate(request);
    router.push(deployHref({ project: used.project }));
  });
  return (
    <Card title="Use it">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !use.busy) void use.run();
        }}
      >
        <FieldStack>
          <FieldRow>
            <TextInput
              label="Project"
              hint="What it is called here."
              error={errors['project']}
              value={project}
              testId="template-project"
              onChange={(name) => {
                use.reset();
                setProject(name);
                setReplace(false);
              }}
            />
            <TextInput
              label="Domain"
              hint="Where its site is. Without one a placeholder stands there."
              optional
              error={errors['domain']}
              value={domain}
              placeholder="shop.example.org"
              testId="template-domain"
              onChange={(name) => {
                use.reset();
                setDomain(name.trim());
              }}
            />
          </FieldRow>
          {isTaken ? (
            <Checkbox
              label={
                <>
                  Replace the project <strong>{project}</strong>
                </>
              }
              hint="There is one of this name. Values that were generated for it stay."
              checked={replace}
              testId="template-replace"
              onChange={setReplace}
            />
          ) : null}
          {use.error === undefined ? null : <ErrorNotice error={use.error} testId="template-error" />}
          <div>
            <Button type="submit" variant="primary" busy={use.busy} disabled={!isReady} data-testid="use-template-btn">
              {use.busy ? 'Making the project…' : 'Use and go on to deploy'}
            </Button>
          </div>
        </FieldStack>
      </form>
    </Card>
  );
}
