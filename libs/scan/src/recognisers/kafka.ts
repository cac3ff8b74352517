import type { Recogniser } from '../recogniser.ts';

/** Kafka and what speaks its protocol. */
export const kafka: Recogniser = {
  type: 'kafka',
  title: 'Kafka',
  names: ['kafka', 'redpanda', 'automq'],
  images: ['kafka', 'cp-kafka', 'cp-server', 'kafka-native', 'confluent-local', 'redpanda', 'automq'],
  ports: [
    { name: 'client', port: 9092, schemes: ['plaintext', 'sasl_plaintext'] },
    { name: 'tls', port: 9093, schemes: ['ssl', 'sasl_ssl'] },
    { name: 'external', port: 9094 },
  ],
  distinctivePort: true,
  scheme: 'kafka',
  schemes: ['kafka'],
};
