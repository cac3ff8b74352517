import type { Recogniser } from '../recogniser.ts';

/** RabbitMQ and what speaks its protocol. */
export const rabbitmq: Recogniser = {
  type: 'rabbitmq',
  title: 'RabbitMQ',
  names: ['rabbitmq', 'rabbit', 'lavinmq'],
  variableNames: ['amqp'],
  images: ['rabbitmq', 'lavinmq'],
  ports: [
    { name: 'amqp', port: 5672, schemes: ['amqp'] },
    { name: 'amqps', port: 5671, schemes: ['amqps'] },
    { name: 'management', port: 15672, schemes: ['http'], use: 'side' },
    { name: 'metrics', port: 15692, use: 'inner' },
  ],
  portNames: ['amqp', 'amqps'],
  distinctivePort: true,
  scheme: 'amqp',
  schemes: ['amqp', 'amqps', 'pyamqp'],
  credentials: {
    user: ['RABBITMQ_DEFAULT_USER', 'RABBITMQ_USERNAME'],
    password: ['RABBITMQ_DEFAULT_PASS', 'RABBITMQ_PASSWORD'],
  },
};
