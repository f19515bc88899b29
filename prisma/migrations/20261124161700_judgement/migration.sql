-- CreateTable
CREATE TABLE "judgement" (
    "decision_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "judgement" TEXT NOT NULL,
    "note" TEXT,
    "actor" JSONB NOT NULL,
    "judged_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "judgement_pkey" PRIMARY KEY ("decision_id")
);

-- CreateIndex
CREATE INDEX "judgement_judged_at_idx" ON "judgement"("judged_at" DESC);

-- CreateIndex
CREATE INDEX "decision_decided_at_id_idx" ON "decision"("decided_at" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "judgement" ADD CONSTRAINT "judgement_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "decision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A closed set, a version that guards, and nobody calls a decision wrong without saying why.
ALTER TABLE "judgement" ADD CONSTRAINT "judgement_word" CHECK ("judgement" IN ('right', 'wrong', 'unsure'));
ALTER TABLE "judgement" ADD CONSTRAINT "judgement_version" CHECK ("version" > 0);
ALTER TABLE "judgement" ADD CONSTRAINT "judgement_wrong_says_why" CHECK ("judgement" <> 'wrong' OR "note" IS NOT NULL);
