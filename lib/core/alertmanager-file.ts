export interface AlertmanagerOptions {
  /** Where Snapback takes deliveries. */
  url: string
  /** The file, as Alertmanager sees it, that holds WEBHOOK_TOKEN. */
  tokenFile: string
}

export interface AlertmanagerRoute {
  receiver: string
  matchers?: string[]
  group_by?: string[]
  group_wait?: string
  group_interval?: string
  repeat_interval?: string
  continue?: boolean
  routes?: AlertmanagerRoute[]
}

export interface AlertmanagerFile {
  route: AlertmanagerRoute
  receivers: { name: string; webhook_configs?: object[] }[]
}

/**
 * A complete Alertmanager file. The child route is what matters: no grouping, so that a second service's alert does not
 * wait for the first one's group, and no waiting. Beside it the alert that always fires comes every minute, as a heartbeat:
 * under the repeat_interval of others it would come every four hours. The last route keeps the people's receiver in use: an alert that a child
 * has taken never reaches its parent's own.
 */
export function alertmanagerFile({ url, tokenFile }: AlertmanagerOptions): AlertmanagerFile {
  const webhook = {
    url,
    send_resolved: true,
    http_config: { authorization: { type: 'Bearer', credentials_file: tokenFile } },
  }
  const snapback: AlertmanagerRoute = {
    receiver: 'snapback',
    matchers: ['auto_rollback="true"'],
    group_by: ['...'],
    group_wait: '0s',
    group_interval: '30s',
    repeat_interval: '4h',
    continue: true,
  }
  const heartbeat: AlertmanagerRoute = {
    receiver: 'snapback',
    matchers: ['alertname="Watchdog"'],
    group_by: ['...'],
    group_wait: '0s',
    group_interval: '1m',
    repeat_interval: '1m',
    continue: true,
  }
  return {
    route: {
      receiver: 'people',
      group_by: ['alertname', 'namespace', 'service'],
      group_wait: '30s',
      group_interval: '5m',
      repeat_interval: '4h',
      routes: [snapback, heartbeat, { receiver: 'people' }],
    },
    receivers: [{ name: 'people' }, { name: 'snapback', webhook_configs: [webhook] }],
  }
}
