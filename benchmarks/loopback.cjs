// Loaded before MDN HTTP Observatory, which has no option for a port or an address. Redirects its connections to port
// 443 to LOOPBACK_HTTPS and those to port 80 to LOOPBACK_HTTP, both on this machine; all other connections are
// rejected.
"use strict";
const net = require("node:net");
const ports = { 443: Number(process.env.LOOPBACK_HTTPS), 80: Number(process.env.LOOPBACK_HTTP) };
const connect = net.Socket.prototype.connect;

net.Socket.prototype.connect = function (...args) {
  const options = Array.isArray(args[0]) ? args[0][0] : args[0];
  const port = ports[options.port];
  if (!port) {
    throw new Error(`port ${options.port} is not part of the local site`);
  }
  options.host = "127.0.0.1";
  options.port = port;
  delete options.lookup;
  return connect.apply(this, args);
};
