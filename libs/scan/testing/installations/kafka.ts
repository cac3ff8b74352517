import { pod, service, together } from '../cluster-objects.ts';
import { bitnami, type Installation } from './installation.ts';

const strimzi = (name: string) => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/instance': 'events',
  'app.kubernetes.io/managed-by': 'strimzi-cluster-operator',
  'strimzi.io/cluster': 'events',
});
const strimziImage = 'quay.io/strimzi/kafka:0.45.0-kafka-3.9.0';

export const kafkaInstallations: readonly Installation[] = [
  {
    made: 'Strimzi, with ZooKeeper, Connect, Bridge and the exporter',
    objects: together(
      service('events-kafka-bootstrap', {
        labels: strimzi('kafka'),
        owner: 'Kafka/events',
        selector: strimzi('kafka'),
        ports: [
          ['tcp-replication', 9091],
          ['tcp-clients', 9092],
          ['tcp-clientstls', 9093],
        ],
      }),
      service('events-kafka-0', {
        labels: strimzi('kafka'),
        owner: 'Kafka/events',
        selector: { ...strimzi('kafka'), 'statefulset.kubernetes.io/pod-name': 'events-kafka-0' },
        ports: [['tcp-external', 9094]],
        spec: { type: 'NodePort' },
      }),
      service('events-kafka-brokers', {
        labels: strimzi('kafka'),
        owner: 'Kafka/events',
        selector: strimzi('kafka'),
        headless: true,
        ports: [
          ['tcp-ctrlplane', 9090],
          ['tcp-replication', 9091],
          ['tcp-clients', 9092],
        ],
      }),
      service('events-zookeeper-client', {
        labels: strimzi('zookeeper'),
        owner: 'Kafka/events',
        selector: strimzi('zookeeper'),
        ports: [['tcp-clients', 2181]],
      }),
      service('events-connect-api', {
        labels: strimzi('kafka-connect'),
        owner: 'KafkaConnect/events',
        selector: strimzi('kafka-connect'),
        ports: [['rest-api', 8083]],
      }),
      service('events-bridge-service', {
        labels: strimzi('kafka-bridge'),
        selector: strimzi('kafka-bridge'),
        ports: [['rest-api', 8080]],
      }),
      service('kafka-exporter', {
        labels: strimzi('kafka-exporter'),
        selector: strimzi('kafka-exporter'),
        ports: [['tcp-prometheus', 9404]],
      }),
      pod('events-kafka-0', { ...strimzi('kafka'), 'statefulset.kubernetes.io/pod-name': 'events-kafka-0' }, [
        strimziImage,
        { 'tcp-ctrlplane': 9090, 'tcp-replication': 9091, 'tcp-clients': 9092, 'tcp-external': 9094 },
      ]),
      pod('events-zookeeper-0', strimzi('zookeeper'), [strimziImage, { 'tcp-clients': 2181 }]),
      pod('events-connect-0', strimzi('kafka-connect'), [strimziImage, { 'rest-api': 8083 }]),
      pod('events-bridge-0', strimzi('kafka-bridge'), ['quay.io/strimzi/kafka-bridge:0.31', { 'rest-api': 8080 }]),
      pod('kafka-exporter-0', strimzi('kafka-exporter'), [strimziImage, { 'tcp-prometheus': 9404 }]),
    ),
    chosen: ['kafka=events-kafka-bootstrap:9092'],
    never: ['events-zookeeper-client', 'events-connect-api', 'events-bridge-service', 'kafka-exporter'],
  },
  {
    made: 'Bitnami’s Kafka chart in KRaft mode',
    objects: together(
      service('kafka-controller-headless', {
        labels: bitnami('kafka', 'kafka', 'controller-eligible'),
        selector: bitnami('kafka', 'kafka', 'controller-eligible'),
        headless: true,
        ports: [
          ['tcp-interbroker', 9094, 'interbroker'],
          ['tcp-client', 9092, 'client'],
          ['tcp-controller', 9093, 'controller'],
        ],
      }),
      service('kafka', {
        labels: bitnami('kafka', 'kafka', 'kafka'),
        selector: { 'app.kubernetes.io/name': 'kafka', 'app.kubernetes.io/part-of': 'kafka' },
        ports: [['tcp-client', 9092, 'client']],
      }),
      pod(
        'kafka-controller-0',
        { ...bitnami('kafka', 'kafka', 'controller-eligible'), 'app.kubernetes.io/part-of': 'kafka' },
        ['bitnami/kafka:3.9', { controller: 9093, client: 9092, interbroker: 9094 }],
      ),
    ),
    chosen: ['kafka=kafka:9092'],
  },
];
