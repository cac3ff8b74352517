import type { TemplateDetailData } from '@ushadow/contracts';
import type { ReactNode } from 'react';
import { Card } from '../../../../ui/card.tsx';
import { Table } from '../../../../ui/table.tsx';
import { publicText } from '../../_templates/template-texts.ts';

/** What a template needs, and what Kubernetes makes of it. */
export function TemplateFacts({ template }: { readonly template: TemplateDetailData }) {
  const { needs, generated, objects, volumes, documentation } = template;
  const facts: readonly (readonly [name: string, value: ReactNode])[] = [
    ['Reached from outside', template.public.map(publicText).join(', ')],
    ['Services', template.services.join(', ')],
    ['Needs a value', needs.map(needText).join(', ')],
    ['Generated', generated.join(', ')],
    ...objects.map(({ kind, names }) => [kind, names.join(', ')] as const),
    ['Volumes', volumes.map(({ name, size }) => `${name} (${size})`).join(', ')],
    ['Documentation', documentation === null ? '' : <Documentation key="docs" address={documentation} />],
  ];
  return (
    <Card title="What it is" flush>
      <Table label="What the template needs and becomes" columns={['What', 'Which']} testId="template-facts">
        {facts
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <tr key={name}>
              <td data-label="What">{name}</td>
              <td data-label="Which">{value}</td>
            </tr>
          ))}
      </Table>
    </Card>
  );
}

/** Only what a browser may open without running anything. */
function Documentation({ address }: { readonly address: string }) {
  if (!/^https?:\/\//.test(address)) return address;
  return (
    <a href={address} rel="noreferrer noopener" target="_blank">
      {address}
    </a>
  );
}

function needText({ name, file, line }: TemplateDetailData['needs'][number]): string {
  return file === null || line === null ? name : `${name} (${file}:${String(line)})`;
}
