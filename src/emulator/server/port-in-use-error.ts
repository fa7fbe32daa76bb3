/** The port is taken. Thrown by `startServer`. */
export class PortInUseError extends Error {
  readonly code = 'EADDRINUSE';
  readonly host: string;
  readonly port: number;

  constructor(host: string, port: number, cause?: unknown) {
    super(
      `Port ${port} on ${host} is already in use, perhaps by another emulator. Stop that program, or choose another port (0 takes any free one).`,
      { cause },
    );
    this.name = 'PortInUseError';
    this.host = host;
    this.port = port;
  }
}
