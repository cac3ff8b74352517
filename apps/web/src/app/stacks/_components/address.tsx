import type { AddressData } from '@ushadow/contracts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import styles from './address.module.css';

const words: Readonly<Record<AddressData['via'], string>> = {
  ingress: 'Ingress',
  route: 'Route',
  'load-balancer': 'Load balancer',
  'node-port': 'Node port',
  'port-forward': 'Port-forward',
};

const WEB = /^https?:\/\//;

/** How to reach a port: a link where there is one, else the command that makes one. */
export function Address({ address }: { readonly address: AddressData }) {
  const { via, url, text, port, ready } = address;
  if (!ready) {
    return (
      <span className={styles['muted']}>
        {words[via]}
        {port === null ? '' : ` for ${String(port)}`}: no address yet
      </span>
    );
  }
  if (url !== null && WEB.test(url)) {
    return (
      <a href={url} target="_blank" rel="noreferrer" title={words[via]}>
        {text}
      </a>
    );
  }
  return (
    <span className={styles['command']}>
      <code title={text}>{text}</code>
      <CopyButton text={text} what={via === 'port-forward' ? 'the port-forward command' : 'the address'} />
    </span>
  );
}
