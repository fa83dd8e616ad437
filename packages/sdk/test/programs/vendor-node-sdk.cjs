// Another vendor's distribution: OpenTelemetry's own SDK, started by --require.
const { NodeSDK } = require('@opentelemetry/sdk-node');

const sdk = new NodeSDK();
sdk.start();
process.once('beforeExit', () => sdk.shutdown());
