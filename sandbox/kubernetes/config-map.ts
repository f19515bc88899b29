import type { JsonValue } from '../../lib/core/json.ts'
import { templateReferences } from '../../lib/core/template-references.ts'
import type { ObjectStore } from './object-store.ts'
import { type ManagedFields, type PodTemplate, timestamp } from './objects.ts'

/** Names of the ConfigMaps that a template reads. */
export function configMapsOf(template: PodTemplate): string[] {
  return templateReferences(template as unknown as JsonValue).configMaps
}

/** Who wrote data, and when, as the API server notes it. */
export function writtenBy(manager: string, time: string): ManagedFields {
  return { manager, operation: 'Update', apiVersion: 'v1', time, fieldsType: 'FieldsV1', fieldsV1: { 'f:data': {} } }
}

/** A release brings its configuration along: what the template reads is written, and no rollback writes it back. */
export function writeConfigMaps(
  store: ObjectStore,
  namespace: string,
  { template, release }: { template: PodTemplate; release: string },
): void {
  for (const name of configMapsOf(template)) {
    store.change('configmaps', { namespace, name }, (draft) => {
      draft.data = { ...draft.data, release }
      draft.metadata.managedFields = [writtenBy('release', timestamp(store.clock.now()))]
    })
  }
}
