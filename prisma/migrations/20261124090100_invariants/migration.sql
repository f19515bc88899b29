-- What Prisma cannot say. Every invariant that two replicas could break stands here, not in code.

-- At most one of them at a time.
CREATE UNIQUE INDEX "episode_one_open_per_fingerprint" ON "episode"("fingerprint") WHERE "status" = 'firing';
CREATE UNIQUE INDEX "incident_one_open_per_workload" ON "incident"("workload_id") WHERE "closed_at" IS NULL;
CREATE UNIQUE INDEX "rollback_one_open_per_workload" ON "rollback"("workload_id") WHERE "phase" IN ('pending', 'undoing', 'progressing', 'verifying');
CREATE UNIQUE INDEX "rollback_one_proposed_per_workload" ON "rollback"("workload_id") WHERE "phase" = 'proposed';
CREATE UNIQUE INDEX "condemnation_one_live_per_template" ON "condemnation"("workload_id", "material_fingerprint") WHERE "lifted_at" IS NULL;

-- What the sweeper looks for every second.
CREATE INDEX "rollback_due" ON "rollback"("next_step_at") WHERE "next_step_at" IS NOT NULL;
CREATE INDEX "episode_due" ON "episode"("next_evaluation_at") WHERE "next_evaluation_at" IS NOT NULL;

-- Closed sets.
ALTER TABLE "workload" ADD CONSTRAINT "workload_kind" CHECK ("kind" IN ('Deployment'));
ALTER TABLE "deploy" ADD CONSTRAINT "deploy_source" CHECK ("source" IN ('watched', 'replica_set'));
ALTER TABLE "episode" ADD CONSTRAINT "episode_status" CHECK ("status" IN ('firing', 'resolved'));
ALTER TABLE "incident" ADD CONSTRAINT "incident_started_at_source" CHECK ("started_at_source" IN ('active_at', 'starts_at'));
ALTER TABLE "incident" ADD CONSTRAINT "incident_outcome" CHECK ("outcome" IN ('rolled_back', 'rolled_back_by_hand', 'recovered_by_itself', 'ended_unresolved'));
ALTER TABLE "decision" ADD CONSTRAINT "decision_trigger" CHECK ("trigger" IN ('alert', 'person'));
ALTER TABLE "decision" ADD CONSTRAINT "decision_verdict" CHECK ("verdict" IN ('roll_back', 'hold', 'escalate', 'ignore'));
ALTER TABLE "decision" ADD CONSTRAINT "decision_effect" CHECK ("effect" IN ('act', 'propose', 'simulate', 'none'));
ALTER TABLE "rollback" ADD CONSTRAINT "rollback_trigger" CHECK ("trigger" IN ('alert', 'person'));
ALTER TABLE "rollback" ADD CONSTRAINT "rollback_started_at_source" CHECK ("started_at_source" IN ('active_at', 'starts_at'));
ALTER TABLE "rollback" ADD CONSTRAINT "rollback_phase" CHECK ("phase" IN (
  'proposed', 'pending', 'undoing', 'progressing', 'verifying',
  'succeeded', 'unverified', 'failed', 'superseded', 'aborted', 'declined', 'expired', 'simulated'));
ALTER TABLE "user" ADD CONSTRAINT "user_role" CHECK ("role" IN ('viewer', 'operator', 'admin'));
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_role" CHECK ("role" IN ('viewer', 'operator', 'admin'));

-- A state and its columns say the same.
ALTER TABLE "episode" ADD CONSTRAINT "episode_resolved_when" CHECK (("status" = 'resolved') = ("resolved_at" IS NOT NULL));
ALTER TABLE "incident" ADD CONSTRAINT "incident_closed_with_outcome" CHECK (("closed_at" IS NULL) = ("outcome" IS NULL));
ALTER TABLE "rollback" ADD CONSTRAINT "rollback_ended_when" CHECK (
  ("phase" IN ('proposed', 'pending', 'undoing', 'progressing', 'verifying')) = ("ended_at" IS NULL));
ALTER TABLE "rollback" ADD CONSTRAINT "rollback_ended_is_not_due" CHECK ("ended_at" IS NULL OR "next_step_at" IS NULL);
ALTER TABLE "rollback" ADD CONSTRAINT "rollback_ended_with_outcome" CHECK (("ended_at" IS NULL) = ("outcome_reason" IS NULL));
ALTER TABLE "rollback" ADD CONSTRAINT "rollback_dry_run_changes_nothing" CHECK (NOT "dry_run" OR ("undone_at" IS NULL AND "phase" NOT IN ('progressing', 'verifying', 'succeeded', 'unverified')));
ALTER TABLE "rollback" ADD CONSTRAINT "rollback_simulated_is_dry_run" CHECK ("phase" <> 'simulated' OR "dry_run");

-- Clocks run forward. One that nobody saw is null.
ALTER TABLE "rollback" ADD CONSTRAINT "rollback_restored_after_undone" CHECK ("restored_at" >= "undone_at");
ALTER TABLE "rollback" ADD CONSTRAINT "rollback_mitigated_after_restored" CHECK ("mitigated_at" >= "restored_at");
ALTER TABLE "rollback" ADD CONSTRAINT "rollback_verified_after_mitigated" CHECK ("verified_at" >= "mitigated_at");

-- Versions guard every update.
ALTER TABLE "episode" ADD CONSTRAINT "episode_version" CHECK ("version" > 0);
ALTER TABLE "incident" ADD CONSTRAINT "incident_version" CHECK ("version" > 0);
ALTER TABLE "rollback" ADD CONSTRAINT "rollback_version" CHECK ("version" > 0);
ALTER TABLE "policy" ADD CONSTRAINT "policy_version" CHECK ("version" > 0);
ALTER TABLE "control" ADD CONSTRAINT "control_version" CHECK ("version" > 0);

-- One control row: that is what makes a pause a barrier.
ALTER TABLE "control" ADD CONSTRAINT "control_is_one_row" CHECK ("id" = 1);

-- What was decided and done is only ever added.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "audit_entry_append_only" BEFORE UPDATE OR DELETE ON "audit_entry" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "decision_append_only" BEFORE UPDATE OR DELETE ON "decision" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "timeline_event_append_only" BEFORE UPDATE OR DELETE ON "timeline_event" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
