// Loaded by NODE_OPTIONS=--require: lowers Node.js's default time limit for a request from 300 s to 1 s.
const http = require('node:http');

const createServer = http.createServer;
const limits = { requestTimeout: 1000, headersTimeout: 1000, connectionsCheckingInterval: 100 };

http.createServer = (...given) => {
  const [options, listener] = typeof given[0] === 'object' ? given : [{}, given[0]];
  return createServer({ ...limits, ...options }, listener);
};
