-- CreateTable
CREATE TABLE "evidence" (
    "id" UUID NOT NULL,
    "incident_id" UUID,
    "rollback_id" UUID,
    "revision_uid" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "record" JSONB NOT NULL,

    CONSTRAINT "evidence_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "evidence_rollback_id_key" ON "evidence"("rollback_id");

-- CreateIndex
CREATE UNIQUE INDEX "evidence_incident_id_revision_uid_key" ON "evidence"("incident_id", "revision_uid");

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_rollback_id_fkey" FOREIGN KEY ("rollback_id") REFERENCES "rollback"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- It belongs to an incident or to a rollback without one.
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_of_one" CHECK (num_nonnulls("incident_id", "rollback_id") = 1);
