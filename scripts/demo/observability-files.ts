import { stringify } from 'yaml'
import { alertmanagerFile } from '../../lib/core/alertmanager-file.ts'
import { DEFAULT_THRESHOLDS, ruleFile } from '../../lib/core/rule-file.ts'

/**
 * The shipped rules with ranges and waits of seconds instead of minutes: a demo is watched, not waited for. The crash rule names the
 * pods of the namespace, whose names here do not begin with `edgelink-`.
 */
export function demoRules(): string {
  return stringify(ruleFile(DEFAULT_THRESHOLDS), { lineWidth: 0 })
    .replaceAll(/\[\d+m\]/g, '[15s]')
    .replaceAll(/for: \d+m/g, 'for: 5s')
    .replaceAll('pod=~"edgelink-.*"', 'namespace="edgelink"')
}

/** The shipped Alertmanager file; only the interval after which an end is told is shorter. */
export function demoAlertmanager(url: string, tokenFile: string): string {
  return stringify(alertmanagerFile({ url, tokenFile }), { lineWidth: 0 }).replaceAll('group_interval: 30s', 'group_interval: 2s')
}
