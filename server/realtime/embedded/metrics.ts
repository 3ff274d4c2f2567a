/** What the server counts about itself; no label ever names an app, a user or a channel. */
export class RealtimeMetrics {
  connections = 0;
  connectionsTotal = 0;
  publishedTotal = 0;
  deliveriesTotal = 0;
  deliveredBytesTotal = 0;
  refusedTotal = 0;
  slowReadersTotal = 0;
  channels: () => number = () => 0;

  /** Prometheus text exposition format. */
  render(): string {
    const rows: [string, "gauge" | "counter", number, string][] = [
      ["connections", "gauge", this.connections, "Open connections"],
      ["channels", "gauge", this.channels(), "Channels with a subscriber or a cached event"],
      ["connections_total", "counter", this.connectionsTotal, "Connections greeted since start"],
      ["published_total", "counter", this.publishedTotal, "Events accepted for one channel or user"],
      ["deliveries_total", "counter", this.deliveriesTotal, "Events written to a connection"],
      ["delivered_bytes_total", "counter", this.deliveredBytesTotal, "Bytes of those events"],
      ["refused_total", "counter", this.refusedTotal, "Connections refused"],
      ["slow_readers_total", "counter", this.slowReadersTotal, "Connections cut off for reading too slowly"],
    ];
    return rows
      .map(([name, type, value, help]) => {
        const metric = `runboard_realtime_${name}`;
        return `# HELP ${metric} ${help}\n# TYPE ${metric} ${type}\n${metric} ${value}\n`;
      })
      .join("");
  }
}
