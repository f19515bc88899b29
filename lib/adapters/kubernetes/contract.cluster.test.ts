import { clusterContract } from '../../testing/cluster-contract.ts'

clusterContract('the Kubernetes adapter on the API server that KUBECONFIG names', process.env['KUBECONFIG'] ?? '')
