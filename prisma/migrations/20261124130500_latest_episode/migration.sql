-- DropIndex
DROP INDEX "episode_fingerprint_received_at_idx";

-- CreateIndex
CREATE INDEX "episode_fingerprint_resolved_at_received_at_id_idx" ON "episode"("fingerprint", "resolved_at" DESC, "received_at" DESC, "id" DESC);
