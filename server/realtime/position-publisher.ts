import { AgencyFeed } from "./agency-feed";
import type { MovedUnit, PositionPorts } from "./position-ports";

/** Turns "these vehicles have newer fixes" into frames on the position channels, in whichever process holds the lease. */
export class PositionPublisher {
  readonly #feeds = new Map<string, AgencyFeed>();

  constructor(private readonly ports: PositionPorts) {}

  /** Call it after the commit, with the vehicles whose live position changed. Returns at once. */
  notify(agencyId: string, vehicleIds: Iterable<string>) {
    this.#feed(agencyId).notify(vehicleIds);
  }

  /** The same where the newest fixes are at hand, which saves reading them. */
  notifyMoved(agencyId: string, moved: Iterable<MovedUnit>) {
    this.#feed(agencyId).notifyMoved(moved);
  }

  /** What another process forwarded. */
  notifyForwarded(agencyId: string, vehicleIds: Iterable<string>) {
    this.#feeds.get(agencyId)?.notifyForwarded(vehicleIds);
  }

  stop() {
    for (const feed of this.#feeds.values()) feed.stop();
    this.#feeds.clear();
  }

  #feed(agencyId: string): AgencyFeed {
    const existing = this.#feeds.get(agencyId);
    if (existing) return existing;
    const feed = new AgencyFeed(agencyId, this.ports);
    this.#feeds.set(agencyId, feed);
    return feed;
  }
}
