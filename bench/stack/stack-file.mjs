/**
 * A Compose file with that many services: a database with a claim, a migration that runs once, the rest apps with what
 * real files have, which wait for the migration. Another `version` is another value of one of them.
 */
export function stackFile(services, version) {
  const apps = Array.from({ length: services - 2 }, (_, i) => app(i, i === 0 ? version : 1));
  return `name: bench\nservices:\n${DATABASE}${MIGRATION}${apps.join('')}configs:\n  settings: { content: shared }\nvolumes:\n  data: {}\n`;
}

const DATABASE = `  db:
    image: postgres:16
    environment: { POSTGRES_PASSWORD: secret-of-db }
    volumes: ["data:/var/lib/postgresql/data"]
`;
const MIGRATION = `  migrate:
    image: busybox:1.36
    restart: 'no'
    command: ["true"]
    depends_on: { db: { condition: service_healthy } }
`;

const app = (i, version) => `  app-${i}:
    image: nginx:1.27
    environment:
      LOG_LEVEL: info
      VERSION: "${version}"
      API_TOKEN: token-${i}-0123456789abcdef
    ports: ["${10_000 + i}:80"]
    configs: [settings]
    healthcheck: { test: ["CMD", "true"], interval: 10s }
    deploy: { resources: { limits: { cpus: "0.5", memory: 256M } } }
    depends_on: { migrate: { condition: service_completed_successfully } }
`;
