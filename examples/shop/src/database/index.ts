export {
  type PreparedDatabase,
  type PreparedTenant,
  prepareDatabase,
} from './prepare-database.ts';
