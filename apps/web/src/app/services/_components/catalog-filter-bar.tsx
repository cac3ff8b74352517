import { Checkbox } from '../../../ui/field.tsx';
import { Icon } from '../../../ui/icon.tsx';
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
      <label className={styles['search']}>
        <span className="visually-hidden">Search services</span>
        <Icon name="search" />
        <input
          type="search"
          value={filter.query}
          placeholder="Search name, image, description…"
          data-testid="service-search"
          onChange={(event) => {
            onChange({ ...filter, query: event.target.value });
          }}
        />
      </label>
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
