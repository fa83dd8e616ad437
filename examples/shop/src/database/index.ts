export { issueDemoLogins } from './issue-demo-logins.ts';
export {
  type PreparedDatabase,
  type PreparedTenant,
  prepareDatabase,
} from './prepare-database.ts';
