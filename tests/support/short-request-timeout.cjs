// Given to a server by NODE_OPTIONS=--require: Node.js's own limit for a request, 300 s, is 1 s instead.
const http = require('node:http');

const createServer = http.createServer;
const limits = { requestTimeout: 1000, headersTimeout: 1000, connectionsCheckingInterval: 100 };

http.createServer = (...given) => {
  const [options, listener] = typeof given[0] === 'object' ? given : [{}, given[0]];
  return createServer({ ...options, ...limits }, listener);
};
