-- CreateIndex
CREATE INDEX "deploy_deployed_at_idx" ON "deploy"("deployed_at");

-- CreateIndex
CREATE INDEX "incident_started_at_idx" ON "incident"("started_at");

-- CreateIndex
CREATE INDEX "rollback_opened_at_idx" ON "rollback"("opened_at");

-- What Prisma cannot say: what is read under the cluster-wide lock stays small however much is on record.

-- Which revision an alert was laid to the charge of. An index on what the facts say, so that older replicas beside new ones fill it too.
CREATE INDEX "decision_blaming" ON "decision"("workload_id", ("facts" -> 'workload' -> 'current' ->> 'uid')) WHERE "verdict" = 'roll_back' AND "trigger" = 'alert';
CREATE INDEX "judgement_wrong" ON "judgement"("decision_id") WHERE "judgement" = 'wrong';
CREATE INDEX "episode_begun" ON "episode"("starts_at") WHERE "status" = 'firing';
