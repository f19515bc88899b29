import type { Scenario } from '../story/scenario.ts'
import { admissionWithoutDryRun } from './admission-without-dry-run.ts'
import { alertmanagerSilent } from './alertmanager-silent.ts'
import { ambiguousService } from './ambiguous-service.ts'
import { anotherWorkloadWasDeployed } from './another-workload-was-deployed.ts'
import { apiServerSilent } from './api-server-silent.ts'
import { argoSyncedByHand } from './argo-synced-by-hand.ts'
import { automationDisabled } from './automation-disabled.ts'
import { backlogFromTheNight } from './backlog-from-the-night.ts'
import { badBeforeAndWorseAfter } from './bad-before-and-worse-after.ts'
import { badRelease } from './bad-release.ts'
import { beganSecondsBeforeTheDeploy } from './began-seconds-before-the-deploy.ts'
import { budgetSpent } from './budget-spent.ts'
import { cacheEvicts } from './cache-evicts.ts'
import { cachesBehind } from './caches-behind.ts'
import { canaryFails } from './canary-fails.ts'
import { certificateExpires } from './certificate-expires.ts'
import { chartLabelAlone } from './chart-label-alone.ts'
import { clockSkew } from './clock-skew.ts'
import { clockSkewTurnsNothingRound } from './clock-skew-turns-nothing-round.ts'
import { condemnedImageAgain } from './condemned-image-again.ts'
import { configChange } from './config-change.ts'
import { configChangeByChecksum } from './config-change-by-checksum.ts'
import { configChangeWithoutADeploy } from './config-change-without-a-deploy.ts'
import { cooldown } from './cooldown.ts'
import { crashLoopAtStart } from './crash-loop-at-start.ts'
import { databaseDownForAll } from './database-down-for-all.ts'
import { deletedAndMadeAgain } from './deleted-and-made-again.ts'
import { deletedDeployment } from './deleted-deployment.ts'
import { dependencyOfOneAlone } from './dependency-of-one-alone.ts'
import { dependencyOutage } from './dependency-outage.ts'
import { dependencyOutageLongAfter } from './dependency-outage-long-after.ts'
import { deployDuringARollback } from './deploy-during-a-rollback.ts'
import { deployIsTheFix } from './deploy-is-the-fix.ts'
import { deployWasNoFix } from './deploy-was-no-fix.ts'
import { diskOfOneNodeFull } from './disk-of-one-node-full.ts'
import { dnsOutage } from './dns-outage.ts'
import { doesNotAsk } from './does-not-ask.ts'
import { dryRun } from './dry-run.ts'
import { edgelinkDatabasePool } from './edgelink-database-pool.ts'
import { edgelinkLibraryUpgrade } from './edgelink-library-upgrade.ts'
import { edgelinkMemoryLeak } from './edgelink-memory-leak.ts'
import { edgelinkMemoryLeakSeenLate } from './edgelink-memory-leak-seen-late.ts'
import { egressProxyRestarts } from './egress-proxy-restarts.ts'
import { exportedLabels } from './exported-labels.ts'
import { firstDay } from './first-day.ts'
import { firstDeployEver } from './first-deploy-ever.ts'
import { firstPodCrashesBeforeTheSecond } from './first-pod-crashes-before-the-second.ts'
import { flapping } from './flapping.ts'
import { fluxOwner } from './flux-owner.ts'
import { fluxToldToLeaveAlone } from './flux-told-to-leave-alone.ts'
import { freezeWindow } from './freeze-window.ts'
import { helmOwner } from './helm-owner.ts'
import { historyOfOne } from './history-of-one.ts'
import { hourlyCronPeak } from './hourly-cron-peak.ts'
import { hpaScaling } from './hpa-scaling.ts'
import { hpaScalingAfterABadDeploy } from './hpa-scaling-after-a-bad-deploy.ts'
import { imagePullError } from './image-pull-error.ts'
import { irreversibleMigration } from './irreversible-migration.ts'
import { kubectlRestart } from './kubectl-restart.ts'
import { kubectlRestartOfABadRelease } from './kubectl-restart-of-a-bad-release.ts'
import { lastOneWasBadToo } from './last-one-was-bad-too.ts'
import { latencyCreptUpBefore } from './latency-crept-up-before.ts'
import { leakedToken } from './leaked-token.ts'
import { licenceExpires } from './licence-expires.ts'
import { migrationInBetween } from './migration-in-between.ts'
import { modeObserve } from './mode-observe.ts'
import { modeOff } from './mode-off.ts'
import { modeSuggest } from './mode-suggest.ts'
import { nextDeployAfterARollbackIsBadToo } from './next-deploy-after-a-rollback-is-bad-too.ts'
import { nightDeployFailsByDay } from './night-deploy-fails-by-day.ts'
import { noHistory } from './no-history.ts'
import { noHistoryButTheRolloutHangs } from './no-history-but-the-rollout-hangs.ts'
import { noReadings } from './no-readings.ts'
import { nobodyToAsk } from './nobody-to-ask.ts'
import { nodeDrained } from './node-drained.ts'
import { nodeFailure } from './node-failure.ts'
import { noisyNeighbour } from './noisy-neighbour.ts'
import { oldPodNamedByTheAlert } from './old-pod-named-by-the-alert.ts'
import { oldPodsFailDuringARollout } from './old-pods-fail-during-a-rollout.ts'
import { olderThanTheDeploy } from './older-than-the-deploy.ts'
import { oneErrorInTwoRequests } from './one-error-in-two-requests.ts'
import { oneErrorInTwoRequestsBefore } from './one-error-in-two-requests-before.ts'
import { otherHalfOfAnHaPair } from './other-half-of-an-ha-pair.ts'
import { othersAtAnotherTime } from './others-at-another-time.ts'
import { ownedByAController } from './owned-by-a-controller.ts'
import { ownerHeardTooLate } from './owner-heard-too-late.ts'
import { ownerThatIsOverruled } from './owner-that-is-overruled.ts'
import { ownerUndidTheUndo } from './owner-undid-the-undo.ts'
import { ownersNotHeard } from './owners-not-heard.ts'
import { passwordRotated } from './password-rotated.ts'
import { patchRefused } from './patch-refused.ts'
import { pausedAutomation } from './paused-automation.ts'
import { pausedDeployment } from './paused-deployment.ts'
import { pausedUntilResumed } from './paused-until-resumed.ts'
import { pendingAlone } from './pending-alone.ts'
import { probeItselfIsBroken } from './probe-itself-is-broken.ts'
import { prometheusSilent } from './prometheus-silent.ts'
import { prometheusSilentAndGoOn } from './prometheus-silent-and-go-on.ts'
import { rateCarriesAnEarlierFault } from './rate-carries-an-earlier-fault.ts'
import { rateLimitedByAPartner } from './rate-limited-by-a-partner.ts'
import { readinessProbeWrong } from './readiness-probe-wrong.ts'
import { rebuiltWithoutAChange } from './rebuilt-without-a-change.ts'
import { releasedTogether } from './released-together.ts'
import { renamedService } from './renamed-service.ts'
import { renamedServiceInThePolicy } from './renamed-service-in-the-policy.ts'
import { resolvedBeforeDecided } from './resolved-before-decided.ts'
import { resolvedDuringTheCooldown } from './resolved-during-the-cooldown.ts'
import { rolledBackToRevisionFails } from './rolled-back-to-revision-fails.ts'
import { rolloutTakesAnHour } from './rollout-takes-an-hour.ts'
import { scaledToZeroByHand } from './scaled-to-zero-by-hand.ts'
import { secondAlertDuringARollback } from './second-alert-during-a-rollback.ts'
import { selfHealingOwner } from './self-healing-owner.ts'
import { serviceSelectsAnotherName } from './service-selects-another-name.ts'
import { serviceWithACanary } from './service-with-a-canary.ts'
import { shortBlip } from './short-blip.ts'
import { silenced } from './silenced.ts'
import { slowLeak } from './slow-leak.ts'
import { slowLeakInALongWindow } from './slow-leak-in-a-long-window.ts'
import { slowLeakSeenByItsSlope } from './slow-leak-seen-by-its-slope.ts'
import { trafficSurge } from './traffic-surge.ts'
import { trafficSurgeAfterADeploy } from './traffic-surge-after-a-deploy.ts'
import { trafficSurgeOnOneAlone } from './traffic-surge-on-one-alone.ts'
import { twoDeploysInARow } from './two-deploys-in-a-row.ts'
import { twoDeploysInARowFirstIsBad } from './two-deploys-in-a-row-first-is-bad.ts'
import { twoOthersAreNoCommonCause } from './two-others-are-no-common-cause.ts'
import { wrongNamespaceInTheAlert } from './wrong-namespace-in-the-alert.ts'
import { zoneOutage } from './zone-outage.ts'

/** Every story that a decision has to be right in, one file each. */
export const SCENARIOS: readonly Scenario[] = [
  admissionWithoutDryRun,
  alertmanagerSilent,
  ambiguousService,
  anotherWorkloadWasDeployed,
  apiServerSilent,
  argoSyncedByHand,
  automationDisabled,
  backlogFromTheNight,
  badBeforeAndWorseAfter,
  badRelease,
  beganSecondsBeforeTheDeploy,
  budgetSpent,
  cacheEvicts,
  cachesBehind,
  canaryFails,
  certificateExpires,
  chartLabelAlone,
  clockSkew,
  clockSkewTurnsNothingRound,
  condemnedImageAgain,
  configChange,
  configChangeByChecksum,
  configChangeWithoutADeploy,
  cooldown,
  crashLoopAtStart,
  databaseDownForAll,
  deletedAndMadeAgain,
  deletedDeployment,
  dependencyOfOneAlone,
  dependencyOutage,
  dependencyOutageLongAfter,
  deployDuringARollback,
  deployIsTheFix,
  deployWasNoFix,
  diskOfOneNodeFull,
  dnsOutage,
  doesNotAsk,
  dryRun,
  edgelinkDatabasePool,
  edgelinkLibraryUpgrade,
  edgelinkMemoryLeak,
  edgelinkMemoryLeakSeenLate,
  egressProxyRestarts,
  exportedLabels,
  firstDay,
  firstDeployEver,
  firstPodCrashesBeforeTheSecond,
  flapping,
  fluxOwner,
  fluxToldToLeaveAlone,
  freezeWindow,
  helmOwner,
  historyOfOne,
  hourlyCronPeak,
  hpaScaling,
  hpaScalingAfterABadDeploy,
  imagePullError,
  irreversibleMigration,
  kubectlRestart,
  kubectlRestartOfABadRelease,
  lastOneWasBadToo,
  latencyCreptUpBefore,
  leakedToken,
  licenceExpires,
  migrationInBetween,
  modeObserve,
  modeOff,
  modeSuggest,
  nextDeployAfterARollbackIsBadToo,
  nightDeployFailsByDay,
  noHistory,
  noHistoryButTheRolloutHangs,
  noReadings,
  nobodyToAsk,
  nodeDrained,
  nodeFailure,
  noisyNeighbour,
  oldPodNamedByTheAlert,
  oldPodsFailDuringARollout,
  olderThanTheDeploy,
  oneErrorInTwoRequests,
  oneErrorInTwoRequestsBefore,
  otherHalfOfAnHaPair,
  othersAtAnotherTime,
  ownedByAController,
  ownerHeardTooLate,
  ownerThatIsOverruled,
  ownersNotHeard,
  ownerUndidTheUndo,
  passwordRotated,
  patchRefused,
  pausedAutomation,
  pausedDeployment,
  pausedUntilResumed,
  pendingAlone,
  probeItselfIsBroken,
  prometheusSilent,
  prometheusSilentAndGoOn,
  rateCarriesAnEarlierFault,
  rateLimitedByAPartner,
  readinessProbeWrong,
  rebuiltWithoutAChange,
  releasedTogether,
  renamedService,
  renamedServiceInThePolicy,
  resolvedBeforeDecided,
  resolvedDuringTheCooldown,
  rolledBackToRevisionFails,
  rolloutTakesAnHour,
  scaledToZeroByHand,
  secondAlertDuringARollback,
  selfHealingOwner,
  serviceSelectsAnotherName,
  serviceWithACanary,
  shortBlip,
  silenced,
  slowLeak,
  slowLeakInALongWindow,
  slowLeakSeenByItsSlope,
  trafficSurge,
  trafficSurgeAfterADeploy,
  trafficSurgeOnOneAlone,
  twoDeploysInARow,
  twoDeploysInARowFirstIsBad,
  twoOthersAreNoCommonCause,
  wrongNamespaceInTheAlert,
  zoneOutage,
]
