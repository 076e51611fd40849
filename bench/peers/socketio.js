// Socket.IO with its Redis adapter: one room that relays each message, as its chat tutorial does.
const { createServer } = require("node:http");
const { createAdapter } = require("@socket.io/redis-adapter");
const { createClient } = require("redis");
const { Server } = require("socket.io");

async function main() {
  const publisher = createClient({ url: process.env.REDIS_URL });
  const subscriber = publisher.duplicate();
  await Promise.all([publisher.connect(), subscriber.connect()]);
  const http = createServer();
  const io = new Server(http, { adapter: createAdapter(publisher, subscriber) });
  io.on("connection", (socket) => {
    socket.join("room");
    socket.emit("joined");
    socket.on("message", (message) => io.to("room").emit("message", message));
  });
  http.listen(Number(process.env.PORT), "127.0.0.1");
}

main();
