// A room for each tenant. Customers talk over WebSockets; our own services announce by HTTP.
import { createService, startService } from '@bellwether/example-service';
import { acceptSockets } from './accept-sockets.ts';
import { announcementRoute } from './announcement-route.ts';
import { createRooms } from './rooms.ts';
import { settings } from './settings.ts';

const rooms = createRooms();
const service = createService(settings);
service.register(announcementRoute(rooms, settings.SERVICE_TOKEN));
service.addHook('preClose', async () => rooms.close());
acceptSockets(service.server, rooms, settings);
await startService(service, { name: 'chat', settings });
