/** The types of `/ws/admin/`; nothing in it runs. */

export interface Sender {
  id: number;
  username: string;
  display_name: string;
}

export interface WorkerState {
  name: string;
  host: string;
  pid: number;
  version: string;
  uptime_seconds: number;
  draining: boolean;
  sockets: number;
  users: number;
  loop_lag_ms: number;
  memory_bytes: number;
  cpu_percent: number;
  outbox_bytes: number;
  dropped_volatile: number;
  deliveries_per_second: number;
  relay_healthy: boolean;
}

export interface Rates {
  sockets: number;
  deliveries_per_second: number;
  messages_per_second: number;
  requests_per_second: number;
  errors_per_second: number;
  p50_ms: number;
  p99_ms: number;
  loop_lag_ms: number;
  messages_total: number;
}

export interface UserOnline {
  user: Sender;
  sockets: number;
  devices: { address: string; device: string }[];
}

export interface ChannelActivity {
  id: number;
  kind: string;
  name: string;
  archived: boolean;
  members: number;
  followers: number;
  events_per_second: number;
  messages: number;
  disk_bytes: number;
}

export interface RequestTimes {
  name: string;
  count: number;
  errors: number;
  per_second: number;
  p50_ms: number;
  p99_ms: number;
}

export interface JobState {
  name: string;
  worker: string;
  runs: number;
  failures: number;
  last_milliseconds: number;
  last_at: string | null;
}

export interface Fault {
  time: string;
  level: string;
  logger: string;
  text: string;
  request: string;
}

export interface AuditEntry {
  number: number;
  time: string;
  actor: string;
  action: string;
  subject: string;
  address: string;
}

export interface AnnouncementState {
  id: number;
  title: string;
  level: string;
  requires_acknowledgement: boolean;
  timestamp: string;
  confirmed: number;
  missing: number;
  missing_users: Sender[];
}

export interface Argument {
  name: string;
  label: string;
  type: "text" | "lines" | "number" | "switch" | "choice";
  required: boolean;
  choices: string[];
  default: string | number | boolean | null;
  description: string;
}

export interface CommandDescription {
  name: string;
  description: string;
  dangerous: boolean;
  arguments: Argument[];
}

export interface Health {
  ok: boolean;
  milliseconds: number | null;
}

/** Numbers of one moment, in the order of `History.columns`. */
export type Row = number[];

export interface Dashboard {
  version: string;
  workers: WorkerState[];
  rates: Rates;
  users_online: number;
  users: UserOnline[];
  channels: ChannelActivity[];
  requests: RequestTimes[];
  batches: { bounds: number[]; counts: number[] };
  database: Health & { vendor: string; size_bytes: number | null };
  redis: Health & { configured: boolean; version: string; memory_bytes: number | null };
  jobs: JobState[];
  errors: Fault[];
  audit: AuditEntry[];
  maintenance: { starts_at: string | null; message: string };
  announcements: AnnouncementState[];
  commands: CommandDescription[];
  history: { columns: string[]; seconds: Row[]; tens: Row[] };
}

export interface Numbers {
  rates: Rates;
  workers: WorkerState[];
  row: Row;
}

export interface Result {
  text: string;
  count: number;
  dry_run: boolean;
}

export interface CommandDone {
  command: string;
  by: Sender;
  status: string;
  result: Result | null;
}

export type AdminEvent =
  | { event: "dashboard-data"; data: Dashboard }
  | { event: "statistics"; data: Numbers }
  | { event: "system-update"; data: CommandDone }
  | { event: "announcement-confirmed"; data: { announcement: number; user: Sender } }
  | { event: "maintenance-updated"; data: Dashboard["maintenance"] };
