import { HttpProblem } from '../http/http-problem.ts';
import { createDeadline, type Deadline } from './deadline.ts';

/** For what can not go on without Redis: a 503 that says so when it fails or is late. */
export function requireRedis(): Deadline {
  const deadline = createDeadline();
  return async (run) => {
    try {
      return await deadline(run);
    } catch {
      throw new HttpProblem(
        503,
        'redis_away',
        'Expected Redis, which knows who is logged in, to answer, got none; try again',
      );
    }
  };
}
