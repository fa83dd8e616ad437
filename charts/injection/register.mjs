import '@bellwether/sdk/register';
