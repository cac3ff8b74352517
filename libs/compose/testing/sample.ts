/** One project that uses most of what Compose files can hold. */
export const SAMPLE = `name: sample
x-base: &base
  restart: unless-stopped
  environment: &env
    TZ: UTC
    LEVEL: \${LEVEL:-info}
services:
  web:
    <<: *base
    image: "nginx:\${TAG:-latest}"
    build: {context: ., args: [A=1, B]}
    command: sh -c "echo $\${HOSTNAME} 'a b'"
    ports: ["8080:80", "127.0.0.1:9000-9002:90-92/udp", 3000, {target: 443, published: "8443", name: tls}]
    volumes: ["./data:/data:ro", "store:/store", /anon, {type: tmpfs, target: /t, tmpfs: {size: 1m}}]
    env_file: [{path: a.env, required: false}]
    environment: [KEY=value, BARE, "EMPTY="]
    depends_on: {db: {condition: service_healthy}, job: {condition: service_completed_successfully, required: false}}
    healthcheck: {test: curl -f localhost, interval: 1m30s, retries: 3}
    networks: {front: {aliases: [www]}, back: null}
    secrets: [token]
    configs: [{source: conf, target: /conf, mode: 0440}]
    deploy: {replicas: 2, resources: {limits: {cpus: "0.5", memory: 64M}}}
    ulimits: {nproc: 65535, nofile: {soft: 1, hard: 2}}
    extra_hosts: ["a=1.2.3.4", "b:[::1]"]
    labels: {a: 1, b: true, c: null}
    x-own: {k: [1, two, 3.0]}
  db:
    image: postgres:16
    environment: {<<: *env, POSTGRES_PASSWORD: secret}
    shm_size: 64m
    stop_grace_period: 10s
    networks: [back]
  job:
    extends: {service: db}
    profiles: [once]
    restart: "no"
networks: {front: {driver: bridge}, back: {internal: true, ipam: {config: [{subnet: 10.0.0.0/24}]}}}
volumes: {store: {driver_opts: {type: none, o: bind, device: ./x}}}
secrets: {token: {environment: TOKEN}}
configs: {conf: {content: "v=\${TAG}"}}
`;
