import { clusterContract } from '../../testing/cluster-contract.ts'
import { ApiWorld } from '../../testing/cluster-world.ts'

clusterContract('the Kubernetes adapter on the API server that KUBECONFIG names', () => ApiWorld.create(process.env['KUBECONFIG'] ?? ''))
