import { pod, service, together } from '../cluster-objects.ts';
import { bitnami, type Installation } from './installation.ts';

export const searchAndStorageInstallations: readonly Installation[] = [
  {
    made: 'Elastic’s operator, with Kibana',
    objects: together(
      ...(
        [
          ['search-es-default', 'https', 9200, true],
          ['search-es-http', 'https', 9200, false],
          ['search-es-internal-http', 'https', 9200, false],
          ['search-es-transport', 'tls-transport', 9300, true],
        ] as const
      ).map(([name, portName, port, headless]) =>
        service(name, {
          labels: {
            'common.k8s.elastic.co/type': 'elasticsearch',
            'elasticsearch.k8s.elastic.co/cluster-name': 'search',
          },
          owner: 'Elasticsearch/search',
          selector: { 'elasticsearch.k8s.elastic.co/cluster-name': 'search' },
          headless,
          ports: [[portName, port]],
        }),
      ),
      service('search-kb-http', {
        labels: { 'common.k8s.elastic.co/type': 'kibana' },
        selector: { app: 'kibana' },
        ports: [['https', 5601]],
      }),
      pod('search-es-default-0', { 'elasticsearch.k8s.elastic.co/cluster-name': 'search' }, [
        'docker.elastic.co/elasticsearch/elasticsearch:8.17',
        { https: 9200, transport: 9300 },
      ]),
      pod('search-kb-0', { app: 'kibana' }, ['docker.elastic.co/kibana/kibana:8.17', { https: 5601 }]),
    ),
    chosen: ['elasticsearch=search-es-http:9200'],
    never: ['search-es-transport', 'search-kb-http'],
  },
  {
    made: 'MinIO’s operator',
    objects: together(
      service('files-console', {
        labels: { 'v1.min.io/tenant': 'files' },
        selector: { 'v1.min.io/tenant': 'files' },
        ports: [['https-console', 9443]],
      }),
      service('files-hl', {
        labels: { 'v1.min.io/tenant': 'files' },
        selector: { 'v1.min.io/tenant': 'files' },
        headless: true,
        ports: [['https-minio', 9000]],
      }),
      service('minio', {
        labels: { 'v1.min.io/tenant': 'files' },
        selector: { 'v1.min.io/tenant': 'files' },
        ports: [['https-minio', 443, 9000]],
      }),
      pod(
        'files-pool-0-0',
        { 'v1.min.io/tenant': 'files' },
        ['quay.io/minio/minio:RELEASE.2025', { 'https-minio': 9000 }],
        ['quay.io/minio/operator-sidecar:v7', {}],
      ),
    ),
    chosen: ['minio=minio:443'],
    never: ['files-console'],
  },
  {
    made: 'Altinity’s operator for ClickHouse, with Keeper',
    objects: together(
      service('chi-logs-main-0-0', {
        labels: { 'clickhouse.altinity.com/chi': 'logs' },
        selector: { 'clickhouse.altinity.com/chi': 'logs', 'clickhouse.altinity.com/replica': '0' },
        headless: true,
        ports: [
          ['tcp', 9000],
          ['http', 8123],
          ['interserver', 9009],
        ],
      }),
      service('clickhouse-logs', {
        labels: { 'clickhouse.altinity.com/chi': 'logs' },
        selector: { 'clickhouse.altinity.com/chi': 'logs' },
        ports: [
          ['http', 8123, 'http'],
          ['tcp', 9000, 'tcp'],
        ],
      }),
      service('keeper-logs', { selector: { app: 'keeper' }, ports: [['zk', 2181]] }),
      pod('chi-logs-main-0-0-0', { 'clickhouse.altinity.com/chi': 'logs', 'clickhouse.altinity.com/replica': '0' }, [
        'altinity/clickhouse-server:24.8',
        { tcp: 9000, http: 8123, interserver: 9009 },
      ]),
      pod('keeper-0', { app: 'keeper' }, ['clickhouse/clickhouse-keeper:24.8', { zk: 2181 }]),
    ),
    chosen: ['clickhouse=clickhouse-logs:8123'],
    never: ['keeper-logs'],
  },
  {
    made: 'Milvus, distributed, with its own MinIO and etcd, and Attu',
    objects: together(
      service('vectors-milvus', {
        labels: bitnami('milvus', 'vectors', 'proxy'),
        selector: bitnami('milvus', 'vectors', 'proxy'),
        ports: [
          ['milvus', 19530, 'milvus'],
          ['metrics', 9091, 'metrics'],
        ],
      }),
      service('vectors-milvus-querynode', {
        labels: bitnami('milvus', 'vectors', 'querynode'),
        selector: bitnami('milvus', 'vectors', 'querynode'),
        headless: true,
        ports: [['metrics', 9091, 'metrics']],
      }),
      service('vectors-milvus-attu', { selector: { app: 'attu' }, ports: [['attu', 3000]] }),
      service('vectors-minio', { selector: { app: 'minio' }, ports: [['http', 9000, 9000]] }),
      service('vectors-etcd', {
        labels: bitnami('etcd', 'vectors', 'etcd'),
        selector: { app: 'etcd' },
        ports: [['client', 2379, 'client']],
      }),
      pod('vectors-milvus-proxy', bitnami('milvus', 'vectors', 'proxy'), [
        'milvusdb/milvus:v2.5',
        { milvus: 19530, metrics: 9091 },
      ]),
      pod('vectors-milvus-querynode', bitnami('milvus', 'vectors', 'querynode'), [
        'milvusdb/milvus:v2.5',
        { querynode: 21123, metrics: 9091 },
      ]),
      pod('attu', { app: 'attu' }, ['zilliz/attu:v2.5', { attu: 3000 }]),
      pod('minio', { app: 'minio' }, ['minio/minio:RELEASE.2024', { http: 9000 }]),
      pod('etcd', { app: 'etcd' }, ['milvusdb/etcd:3.5', { client: 2379 }]),
    ),
    chosen: ['minio=vectors-minio:9000', 'milvus=vectors-milvus:19530'],
    never: ['vectors-milvus-querynode', 'vectors-milvus-attu', 'vectors-etcd'],
  },
];
