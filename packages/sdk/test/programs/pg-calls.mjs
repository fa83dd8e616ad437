// pg by `import`.
import * as pg from 'pg';
import { run } from './pg-scenario.cjs';

await run(pg);
