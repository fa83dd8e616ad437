// The client of the generator `prisma-client`.
import * as generated from './generated/esm/client.ts';
import { run } from './scenario.cjs';

await run(generated);
