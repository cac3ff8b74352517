const images = ['nginx:1.27', 'node:22', 'python:3.13', 'ghcr.io/acme/app:1.4.2'];

/** One service with what real files have: variables, ports, a volume, a health check, an order, a command with a dollar. */
function service(i) {
  const before =
    i === 0
      ? ''
      : `
    depends_on:
      svc-${i - 1}: { condition: ${i % 3 === 0 ? 'service_healthy' : 'service_started'} }`;
  return `  svc-${i}:
    image: ${images[i % images.length]}
    restart: unless-stopped
    command: ["sh", "-c", "echo $$HOME && exec serve --port ${8000 + (i % 500)}"]
    environment:
      DATABASE_URL: postgres://app:\${DB_PASSWORD:-secret-${i}}@svc-${Math.floor(i / 2)}:5432/app
      API_TOKEN: token-${i}-0123456789abcdef
      LOG_LEVEL: \${LOG_LEVEL:-info}
      PEER: http://svc-${(i * 7) % (i + 1)}:8080
      WORKERS: "${1 + (i % 8)}"
    ports: ["${10000 + i}:${8000 + (i % 500)}"]
    volumes: ["data-${i}:/var/lib/app"]
    healthcheck:
      test: ["CMD-SHELL", "curl -f http://localhost:${8000 + (i % 500)}/health || exit 1"]
      interval: 10s
      timeout: 3s
      retries: 5
    labels: { team: "team-${i % 7}" }
    deploy: { resources: { limits: { cpus: "0.5", memory: 256M } } }${before}
`;
}

/** A Compose file with that many services. */
export function generateProject(services) {
  const numbers = Array.from({ length: services }, (_, i) => i);
  return `name: generated\nservices:\n${numbers.map(service).join('')}volumes:\n${numbers.map((i) => `  data-${i}: {}\n`).join('')}`;
}
