import { defineMeters } from '@bellwether/meters';
import { httpConventions } from '@bellwether/meters/conventions';

export const httpMeters = defineMeters('@bellwether/sdk/http', httpConventions);
