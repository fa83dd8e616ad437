import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';
import { placeholder } from './placeholder.ts';

/** Whatever the person chose in the variable `datasource`. */
export const DATASOURCE: DataSourceRef = { type: 'prometheus', uid: placeholder('datasource') };
