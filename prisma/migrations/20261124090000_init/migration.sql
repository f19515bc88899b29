-- CreateTable
CREATE TABLE "workload" (
    "id" UUID NOT NULL,
    "namespace" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deploy" (
    "id" UUID NOT NULL,
    "workload_id" UUID NOT NULL,
    "deployment_uid" TEXT NOT NULL,
    "revision_uid" TEXT NOT NULL,
    "revision_hash" TEXT NOT NULL,
    "revision_number" INTEGER NOT NULL,
    "template_fingerprint" TEXT NOT NULL,
    "material_fingerprint" TEXT NOT NULL,
    "images" TEXT[],
    "deployed_at" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT NOT NULL,
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "deploy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "episode" (
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "fingerprint" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "labels" JSONB NOT NULL,
    "annotations" JSONB NOT NULL,
    "generator_url" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "truncated_alerts" INTEGER NOT NULL DEFAULT 0,
    "workload_id" UUID,
    "incident_id" UUID,
    "next_evaluation_at" TIMESTAMPTZ(3),
    "ask_again_until" TIMESTAMPTZ(3),

    CONSTRAINT "episode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident" (
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "workload_id" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at_source" TEXT NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "outcome" TEXT,

    CONSTRAINT "incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "decision" (
    "id" UUID NOT NULL,
    "trigger" TEXT NOT NULL,
    "episode_id" UUID,
    "incident_id" UUID,
    "workload_id" UUID,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "verdict" TEXT NOT NULL,
    "effect" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "checks" JSONB NOT NULL,
    "target" JSONB,
    "facts" JSONB NOT NULL,
    "decide_again_at" TIMESTAMPTZ(3),

    CONSTRAINT "decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rollback" (
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "phase" TEXT NOT NULL,
    "workload_id" UUID NOT NULL,
    "deployment_uid" TEXT NOT NULL,
    "incident_id" UUID,
    "decision_id" UUID NOT NULL,
    "trigger" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "actor" JSONB NOT NULL,
    "dry_run" BOOLEAN NOT NULL,
    "condemns" BOOLEAN NOT NULL,
    "from_revision" JSONB NOT NULL,
    "to_revision" JSONB NOT NULL,
    "to_revision_uid" TEXT NOT NULL,
    "generation" BIGINT NOT NULL,
    "bake_time_ms" INTEGER NOT NULL,
    "min_requests" INTEGER NOT NULL,
    "deployed_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "started_at_source" TEXT,
    "received_at" TIMESTAMPTZ(3),
    "decided_at" TIMESTAMPTZ(3),
    "undone_at" TIMESTAMPTZ(3),
    "restored_at" TIMESTAMPTZ(3),
    "mitigated_at" TIMESTAMPTZ(3),
    "verified_at" TIMESTAMPTZ(3),
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "phase_since" TIMESTAMPTZ(3) NOT NULL,
    "next_step_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "verification" JSONB,
    "outcome_reason" TEXT,
    "outcome_detail" TEXT,

    CONSTRAINT "rollback_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "timeline_event" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "actor" JSONB NOT NULL,
    "data" JSONB NOT NULL,
    "incident_id" UUID,
    "rollback_id" UUID,

    CONSTRAINT "timeline_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "condemnation" (
    "id" UUID NOT NULL,
    "workload_id" UUID NOT NULL,
    "material_fingerprint" TEXT NOT NULL,
    "images" TEXT[],
    "rollback_id" UUID NOT NULL,
    "condemned_at" TIMESTAMPTZ(3) NOT NULL,
    "lifted_at" TIMESTAMPTZ(3),

    CONSTRAINT "condemnation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy" (
    "scope_key" TEXT NOT NULL,
    "scope" JSONB NOT NULL,
    "fields" JSONB NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "policy_pkey" PRIMARY KEY ("scope_key")
);

-- CreateTable
CREATE TABLE "control" (
    "id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "enabled" BOOLEAN NOT NULL,
    "dry_run" JSONB NOT NULL,
    "pauses" JSONB NOT NULL,
    "configured" JSONB NOT NULL,

    CONSTRAINT "control_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "heartbeat" (
    "name" TEXT NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "heartbeat_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,
    "action" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "reason" TEXT,
    "before" JSONB,
    "after" JSONB,
    "address" TEXT,
    "request_id" TEXT,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_token" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "workload_namespace_kind_name_key" ON "workload"("namespace", "kind", "name");

-- CreateIndex
CREATE INDEX "deploy_workload_id_deployed_at_idx" ON "deploy"("workload_id", "deployed_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "deploy_deployment_uid_revision_number_key" ON "deploy"("deployment_uid", "revision_number");

-- CreateIndex
CREATE INDEX "episode_fingerprint_received_at_idx" ON "episode"("fingerprint", "received_at" DESC);

-- CreateIndex
CREATE INDEX "episode_incident_id_idx" ON "episode"("incident_id");

-- CreateIndex
CREATE INDEX "episode_workload_id_idx" ON "episode"("workload_id");

-- CreateIndex
CREATE INDEX "incident_workload_id_idx" ON "incident"("workload_id");

-- CreateIndex
CREATE INDEX "decision_workload_id_decided_at_idx" ON "decision"("workload_id", "decided_at" DESC);

-- CreateIndex
CREATE INDEX "decision_episode_id_decided_at_idx" ON "decision"("episode_id", "decided_at" DESC);

-- CreateIndex
CREATE INDEX "decision_incident_id_idx" ON "decision"("incident_id");

-- CreateIndex
CREATE UNIQUE INDEX "rollback_decision_id_key" ON "rollback"("decision_id");

-- CreateIndex
CREATE INDEX "rollback_workload_id_ended_at_idx" ON "rollback"("workload_id", "ended_at" DESC);

-- CreateIndex
CREATE INDEX "rollback_incident_id_idx" ON "rollback"("incident_id");

-- CreateIndex
CREATE INDEX "timeline_event_incident_id_at_idx" ON "timeline_event"("incident_id", "at");

-- CreateIndex
CREATE INDEX "timeline_event_rollback_id_at_idx" ON "timeline_event"("rollback_id", "at");

-- CreateIndex
CREATE INDEX "audit_entry_at_idx" ON "audit_entry"("at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_hash_key" ON "api_token"("hash");

-- AddForeignKey
ALTER TABLE "deploy" ADD CONSTRAINT "deploy_workload_id_fkey" FOREIGN KEY ("workload_id") REFERENCES "workload"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "episode" ADD CONSTRAINT "episode_workload_id_fkey" FOREIGN KEY ("workload_id") REFERENCES "workload"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "episode" ADD CONSTRAINT "episode_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident" ADD CONSTRAINT "incident_workload_id_fkey" FOREIGN KEY ("workload_id") REFERENCES "workload"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_episode_id_fkey" FOREIGN KEY ("episode_id") REFERENCES "episode"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_workload_id_fkey" FOREIGN KEY ("workload_id") REFERENCES "workload"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollback" ADD CONSTRAINT "rollback_workload_id_fkey" FOREIGN KEY ("workload_id") REFERENCES "workload"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollback" ADD CONSTRAINT "rollback_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollback" ADD CONSTRAINT "rollback_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "decision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "timeline_event" ADD CONSTRAINT "timeline_event_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "timeline_event" ADD CONSTRAINT "timeline_event_rollback_id_fkey" FOREIGN KEY ("rollback_id") REFERENCES "rollback"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "condemnation" ADD CONSTRAINT "condemnation_workload_id_fkey" FOREIGN KEY ("workload_id") REFERENCES "workload"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "condemnation" ADD CONSTRAINT "condemnation_rollback_id_fkey" FOREIGN KEY ("rollback_id") REFERENCES "rollback"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
