import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: {
    server: 'src/server.ts',
    'notification-server': 'src/notification-server.ts',
    'admin-user': 'src/admin-user.ts',
    'grafana-key': 'src/grafana-key.ts',
    'prepare-database': 'src/prepare-database.ts',
    traffic: 'src/traffic.ts',
    'traffic/index': 'src/traffic/index.ts',
    'notifications/index': 'src/notifications/index.ts',
    'ledger/index': 'src/ledger/index.ts',
    'database/index': 'src/database/index.ts',
  },
  format: 'esm',
  platform: 'node',
  target: 'node22.15',
  dts: true,
  fixedExtension: false,
  // What the monitoring page may ask, as `npm run generate` in the root makes it from monitoring.ts.
  copy: ['../../admin/catalog.json'],
});
