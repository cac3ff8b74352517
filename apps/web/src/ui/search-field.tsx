import { Icon } from './icon.tsx';
import styles from './search-field.module.css';

interface SearchFieldProps {
  /** What is searched, for screen readers. */
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly testId?: string;
  readonly onChange: (text: string) => void;
}

export function SearchField({ label, placeholder, value, testId, onChange }: SearchFieldProps) {
  return (
    <label className={styles['search']}>
      <span className="visually-hidden">{label}</span>
      <Icon name="search" />
      <input
        type="search"
        value={value}
        placeholder={placeholder}
        data-testid={testId}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
    </label>
  );
}
