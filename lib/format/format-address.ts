/** Addresses with ports. */

/** `10.60.12.7:1433`, `[2001:db8:40::17]:8443`; without a port the bare address. */
export function formatAddress(ip: string, port: number | null | undefined): string {
  if (port === null || port === undefined || port < 0) return ip;
  return ip.includes(":") ? `[${ip}]:${port}` : `${ip}:${port}`;
}
