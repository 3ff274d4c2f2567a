// Loaded into every service by `--import`: when the process that started it is killed, its IPC channel breaks.
if (process.channel) {
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel.unref();
}
