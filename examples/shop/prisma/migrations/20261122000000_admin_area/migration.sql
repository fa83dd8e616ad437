-- CreateEnum
CREATE TYPE "AdminRole" AS ENUM ('super_admin', 'tenant_admin', 'staff');

-- CreateTable
CREATE TABLE "admin_users" (
    "id" UUID NOT NULL,
    "email" VARCHAR(254) NOT NULL,
    "role" "AdminRole" NOT NULL,
    "tenant_id" VARCHAR(64),
    "password_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "admin_users_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "admin_users_tenant_of_role" CHECK (("role" = 'super_admin') = ("tenant_id" IS NULL))
);

-- CreateIndex
CREATE UNIQUE INDEX "admin_users_email_key" ON "admin_users"("email");

-- AddForeignKey
ALTER TABLE "admin_users" ADD CONSTRAINT "admin_users_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateTable
CREATE TABLE "admin_audit" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "user_name" VARCHAR(254) NOT NULL,
    "role" VARCHAR(32) NOT NULL,
    "action" VARCHAR(64) NOT NULL,
    "target" VARCHAR(512) NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "admin_audit_pkey" PRIMARY KEY ("id")
);

-- What has happened can not be made undone: the owner of the table is refused too.
CREATE FUNCTION "refuse_change_of_audit"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Expected admin_audit to be added to only, got %', TG_OP;
END
$$;

CREATE TRIGGER "admin_audit_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "admin_audit"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_audit"();
