import type { Recogniser } from '../recogniser.ts';

export const rabbitmq: Recogniser = {
  type: 'rabbitmq',
  title: 'RabbitMQ',
  names: ['rabbitmq', 'rabbit'],
  images: ['rabbitmq'],
  ports: [
    { name: 'amqp', port: 5672, schemes: ['amqp'] },
    { name: 'amqps', port: 5671, schemes: ['amqps'] },
    { name: 'management', port: 15672, schemes: ['http'] },
  ],
  portNames: ['amqp', 'amqps'],
  distinctivePort: true,
  scheme: 'amqp',
  schemes: ['amqp', 'amqps'],
  credentials: {
    user: ['RABBITMQ_DEFAULT_USER', 'RABBITMQ_USERNAME'],
    password: ['RABBITMQ_DEFAULT_PASS', 'RABBITMQ_PASSWORD'],
  },
};
