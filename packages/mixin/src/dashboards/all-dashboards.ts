import type { DashboardSource } from './dashboard-source.ts';

/** In the order in which folders show them. */
export const allDashboards: readonly DashboardSource[] = [];
