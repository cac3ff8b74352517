import { Checkbox } from '../../../ui/field.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import type { CatalogFilter } from '../_catalog/filter-services.ts';
import styles from './catalog-filter-bar.module.css';

interface CatalogFilterBarProps {
  readonly filter: CatalogFilter;
  readonly shown: number;
  readonly total: number;
  readonly onChange: (filter: CatalogFilter) => void;
}

export function CatalogFilterBar({ filter, shown, total, onChange }: CatalogFilterBarProps) {
  return (
    <search className={styles['bar']}>
      <SearchField
        label="Search services"
        placeholder="Search name, image, description…"
        value={filter.query}
        testId="service-search"
        onChange={(query) => {
          onChange({ ...filter, query });
        }}
      />
      <Checkbox
        label="Deployable only"
        checked={filter.deployableOnly}
        testId="deployable-only"
        onChange={(deployableOnly) => {
          onChange({ ...filter, deployableOnly });
        }}
      />
      <p className={styles['count']} role="status">
        {shown === total ? `${String(total)} services` : `${String(shown)} of ${String(total)} services`}
      </p>
    </search>
  );
}
