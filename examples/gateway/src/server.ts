// The only service that the internet talks to. It finds out who asks, limits how often, and passes on.
import { createService, startService } from '@bellwether/example-service';
import { routes } from './routes.ts';
import { settings } from './settings.ts';

const service = createService(settings);
service.register(routes(settings));
await startService(service, { name: 'gateway', settings });
