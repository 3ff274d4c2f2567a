import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

const State = z.object({
  /** Device tokens by vehicle id. */
  tokens: z.record(z.string(), z.string()),
  /** Passwords of the crews we made, by e-mail. */
  passwords: z.record(z.string(), z.string()),
});
type State = z.infer<typeof State>;

/** What the simulator must know again after a restart: secrets that a server tells once. One file per server, mode 600. */
export class StateFile {
  private writing: Promise<void> = Promise.resolve();
  private constructor(
    private readonly file: string,
    private readonly state: State,
  ) {}

  static async open(dataDir: string, url: string): Promise<StateFile> {
    const dir = path.join(dataDir, "simulator");
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const file = path.join(dir, `${new URL(url).host.replace(/[^a-z0-9.-]/gi, "_")}.json`);
    const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw error;
    });
    return new StateFile(file, text === null ? { tokens: {}, passwords: {} } : State.parse(JSON.parse(text)));
  }

  token = (vehicleId: string): string | undefined => this.state.tokens[vehicleId];
  password = (email: string): string | undefined => this.state.passwords[email];

  keepToken(vehicleId: string, token: string): Promise<void> {
    this.state.tokens[vehicleId] = token;
    return this.save();
  }

  forgetToken(vehicleId: string): Promise<void> {
    delete this.state.tokens[vehicleId];
    return this.save();
  }

  keepPassword(email: string, password: string): Promise<void> {
    this.state.passwords[email] = password;
    return this.save();
  }

  /** One write after the other, each complete before it takes the old one's place. */
  private save(): Promise<void> {
    this.writing = this.writing.then(async () => {
      await writeFile(`${this.file}.part`, JSON.stringify(this.state), { mode: 0o600 });
      await chmod(`${this.file}.part`, 0o600);
      await rename(`${this.file}.part`, this.file);
    });
    return this.writing;
  }
}
