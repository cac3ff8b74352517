import styles from './icon.module.css';

/** Strokes on a 24 by 24 grid. */
const strokes = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cross: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  alert: 'M12 7.5v5.5M12 16.5v.01M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
  question: 'M9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.7.4-1.1.9-1.1 1.8M12 16.5v.01M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
  clock: 'M12 7.5V12l3 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
  lock: 'M7.5 11V8.5a4.5 4.5 0 0 1 9 0V11M6 11h12v9H6z',
  unlock: 'M7.5 11V8.5a4.5 4.5 0 0 1 8.7-1.5M6 11h12v9H6z',
  pencil: 'M5 19l.8-3.8L15.9 5.1l3 3L8.8 18.2zM13.7 7.3l3 3',
  key: 'M13 8.5a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0zM11.7 11.7L20 20M17 17l-2.2 2.2',
  plus: 'M12 5.5v13M5.5 12h13',
  search: 'M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM16 16l4 4',
  copy: 'M9 9h10.5v10.5H9zM15 9V4.5H4.5V15H9',
  chevron: 'M9.5 6l6 6-6 6',
  down: 'M6 9.5l6 6 6-6',
  refresh: 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9M19.5 4.5V9H15',
  trash: 'M5 7h14M10 7V4.5h4V7M6.5 7l.8 12.5h9.4L17.5 7M10.2 10.5v5.5M13.8 10.5v5.5',
  rocket:
    'M12 15.5l-3.5-3.5C9.5 7 12.5 4 19.5 4.5 20 11.5 17 14.5 12 15.5zM8.5 12H5l2.5-4h3M12 15.5V19l4-2.5v-3M6 15.5c-1.2 1-1.5 3-1.5 4 1 0 3-.3 4-1.5',
  radar: 'M12 12l5.5-5.5M12 3a9 9 0 1 0 9 9M12 7.5a4.5 4.5 0 1 0 4.5 4.5M12 12v.01',
  minus: 'M6 12h12',
  upload: 'M12 15.5V5M7.5 9L12 4.5 16.5 9M5 19.5h14',
  download: 'M12 4.5V15M7.5 11L12 15.5 16.5 11M5 19.5h14',
  undo: 'M8.5 5L4.5 9l4 4M4.5 9H14a5.5 5.5 0 0 1 0 11h-3',
} as const;

export type IconName = keyof typeof strokes;

/** An icon beside a text, so hidden from screen readers. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className={styles.icon} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={strokes[name]} />
    </svg>
  );
}

export function Spinner() {
  return <span className={styles.spinner} aria-hidden="true" />;
}
