import type { TemplateData } from '@ushadow/contracts';
import Link from 'next/link';
import { Chip, Chips } from '../../../ui/badge.tsx';
import { Card } from '../../../ui/card.tsx';
import { counted, templateHref } from '../_templates/template-texts.ts';
import { CheckBadge } from './check-badge.tsx';
import styles from './template-list.module.css';

export function TemplateList({ templates }: { readonly templates: readonly TemplateData[] }) {
  return (
    <Card flush>
      <ul aria-label="Templates">
        {templates.map((template) => (
          <TemplateEntry key={template.id} template={template} />
        ))}
      </ul>
    </Card>
  );
}

function TemplateEntry({ template }: { readonly template: TemplateData }) {
  const { id, kind, title, description, services, tags, check } = template;
  return (
    <li className={styles['template']} data-testid={`template-${id}`}>
      <div className={styles['head']}>
        <div className={styles['text']}>
          <h2>
            <Link href={templateHref(id)}>{title}</Link>
          </h2>
          <p className={styles['muted']}>
            {kind}
            {services.length === 0 ? '' : ` · ${counted(services.length, 'service')}`}
          </p>
        </div>
        <CheckBadge check={check} />
      </div>
      {description === null ? null : <p>{description}</p>}
      {tags.length === 0 ? null : (
        <Chips>
          {tags.map((tag) => (
            <Chip key={tag}>{tag}</Chip>
          ))}
        </Chips>
      )}
    </li>
  );
}
