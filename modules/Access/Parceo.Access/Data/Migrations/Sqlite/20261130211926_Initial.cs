using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Access.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(AccessDbSqlite))]
    [Migration("20261130211926_Initial")]
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "access_idempotency",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    request = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    response = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_idempotency", x => new { x.user_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "access_inbox",
                columns: table => new
                {
                    event_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    subscriber = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_inbox", x => new { x.event_id, x.subscriber });
                });

            migrationBuilder.CreateTable(
                name: "access_oidc_application",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    application_type = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    client_secret = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    client_type = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    concurrency_token = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    consent_type = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    display_name = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    display_names = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    json_web_key_set = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    permissions = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    post_logout_redirect_uris = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    properties = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    redirect_uris = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    requirements = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    settings = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_oidc_application", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "access_oidc_scope",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    concurrency_token = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    description = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    descriptions = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    display_name = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    display_names = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    properties = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    resources = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_oidc_scope", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "access_one_time_link",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    purpose = table.Column<int>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    email = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    role = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    directory_person_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    used_at = table.Column<long>(type: "INTEGER", nullable: true),
                    invited_by_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    confirmed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    withdrawn_at = table.Column<long>(type: "INTEGER", nullable: true),
                    renewed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    reminded_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_one_time_link", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "access_organisation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    sort_key = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    parent_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    mail_tested_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_organisation", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "access_outbox",
                columns: table => new
                {
                    seq = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    event_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    key = table.Column<Guid>(type: "TEXT", nullable: false),
                    payload = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    correlation_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    fanned_out = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_outbox", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "access_outbox_delivery",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    @event = table.Column<string>(name: "event", type: "TEXT", maxLength: 200, nullable: false),
                    subscriber = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    key = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    next_attempt_at = table.Column<long>(type: "INTEGER", nullable: false),
                    lease_owner = table.Column<Guid>(type: "TEXT", nullable: true),
                    lease_until = table.Column<long>(type: "INTEGER", nullable: true),
                    dead_at = table.Column<long>(type: "INTEGER", nullable: true),
                    error = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_outbox_delivery", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "access_person",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    directory_person_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    search_text = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    sort_key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    disabled_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_organisation_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    signed_in_at = table.Column<long>(type: "INTEGER", nullable: true),
                    totp_secret = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    totp_step = table.Column<long>(type: "INTEGER", nullable: false),
                    user_name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    normalized_user_name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    email = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    normalized_email = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    password_hash = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    security_stamp = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    concurrency_stamp = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    lockout_end = table.Column<long>(type: "INTEGER", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    access_failed_count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_person", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "access_oidc_authorization",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    application_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    concurrency_token = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    creation_date = table.Column<DateTime>(type: "TEXT", nullable: true),
                    properties = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    scopes = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    status = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    subject = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    type = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_oidc_authorization", x => x.id);
                    table.ForeignKey(
                        name: "fk_access_oidc_authorization_application_id",
                        column: x => x.application_id,
                        principalTable: "access_oidc_application",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "access_api_client",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    disabled_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_api_client", x => x.id);
                    table.ForeignKey(
                        name: "fk_access_api_client_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "access_organisation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "access_organisation_commune",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    commune = table.Column<string>(type: "TEXT", maxLength: 5, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_organisation_commune", x => new { x.organisation_id, x.commune });
                    table.ForeignKey(
                        name: "fk_access_organisation_commune_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "access_organisation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "access_organisation_departement",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    departement = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_organisation_departement", x => new { x.organisation_id, x.departement });
                    table.ForeignKey(
                        name: "fk_access_organisation_departement_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "access_organisation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "access_api_token",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    scopes = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    factor_proven = table.Column<bool>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    used_at = table.Column<long>(type: "INTEGER", nullable: true),
                    revoked_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_api_token", x => x.id);
                    table.ForeignKey(
                        name: "fk_access_api_token_person_id",
                        column: x => x.person_id,
                        principalTable: "access_person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "access_delegation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    delegate_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    actions = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    from = table.Column<long>(type: "INTEGER", nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_delegation", x => x.id);
                    table.ForeignKey(
                        name: "fk_access_delegation_delegate_id",
                        column: x => x.delegate_id,
                        principalTable: "access_person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "access_membership",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    from = table.Column<long>(type: "INTEGER", nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_membership", x => x.id);
                    table.ForeignKey(
                        name: "fk_access_membership_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "access_organisation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_access_membership_person_id",
                        column: x => x.person_id,
                        principalTable: "access_person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "access_passkey",
                columns: table => new
                {
                    credential_id = table.Column<byte[]>(type: "BLOB", maxLength: 1024, nullable: false),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    data = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_passkey", x => x.credential_id);
                    table.ForeignKey(
                        name: "fk_access_passkey_user_id",
                        column: x => x.user_id,
                        principalTable: "access_person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "access_proposed_role",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    from = table.Column<long>(type: "INTEGER", nullable: true),
                    until = table.Column<long>(type: "INTEGER", nullable: true),
                    directory_person_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    proposed_by_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    proposed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    settled_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_proposed_role", x => x.id);
                    table.ForeignKey(
                        name: "fk_access_proposed_role_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "access_organisation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_access_proposed_role_person_id",
                        column: x => x.person_id,
                        principalTable: "access_person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "access_recovery_code",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_recovery_code", x => x.id);
                    table.ForeignKey(
                        name: "fk_access_recovery_code_person_id",
                        column: x => x.person_id,
                        principalTable: "access_person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "access_session",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    means = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    factor_at = table.Column<long>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ends_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    address = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    device = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_session", x => x.id);
                    table.ForeignKey(
                        name: "fk_access_session_person_id",
                        column: x => x.person_id,
                        principalTable: "access_person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "access_oidc_token",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    application_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    authorization_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    concurrency_token = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    creation_date = table.Column<DateTime>(type: "TEXT", nullable: true),
                    expiration_date = table.Column<DateTime>(type: "TEXT", nullable: true),
                    payload = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    properties = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    redemption_date = table.Column<DateTime>(type: "TEXT", nullable: true),
                    reference_id = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    status = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    subject = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    type = table.Column<string>(type: "TEXT", maxLength: 150, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_oidc_token", x => x.id);
                    table.ForeignKey(
                        name: "fk_access_oidc_token_application_id",
                        column: x => x.application_id,
                        principalTable: "access_oidc_application",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_access_oidc_token_authorization_id",
                        column: x => x.authorization_id,
                        principalTable: "access_oidc_authorization",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "access_unsent_form",
                columns: table => new
                {
                    session_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "BLOB", nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_unsent_form", x => x.session_id);
                    table.ForeignKey(
                        name: "fk_access_unsent_form_session_id",
                        column: x => x.session_id,
                        principalTable: "access_session",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_access_api_client_organisation_id",
                table: "access_api_client",
                column: "organisation_id");

            migrationBuilder.CreateIndex(
                name: "ix_access_api_token_person_id_created_at",
                table: "access_api_token",
                columns: new[] { "person_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ux_access_api_token_hash",
                table: "access_api_token",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_access_delegation_delegate_id",
                table: "access_delegation",
                column: "delegate_id");

            migrationBuilder.CreateIndex(
                name: "ix_access_delegation_practitioner_id",
                table: "access_delegation",
                column: "practitioner_id");

            migrationBuilder.CreateIndex(
                name: "ix_access_idempotency_at",
                table: "access_idempotency",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_access_inbox_at",
                table: "access_inbox",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_access_membership_organisation_id_from_id",
                table: "access_membership",
                columns: new[] { "organisation_id", "from", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_access_membership_person_id_organisation_id",
                table: "access_membership",
                columns: new[] { "person_id", "organisation_id" });

            migrationBuilder.CreateIndex(
                name: "ux_access_oidc_application_client_id",
                table: "access_oidc_application",
                column: "client_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_access_oidc_authorization_application_id_status_subject_type",
                table: "access_oidc_authorization",
                columns: new[] { "application_id", "status", "subject", "type" });

            migrationBuilder.CreateIndex(
                name: "ux_access_oidc_scope_name",
                table: "access_oidc_scope",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_access_oidc_token_application_id_status_subject_type",
                table: "access_oidc_token",
                columns: new[] { "application_id", "status", "subject", "type" });

            migrationBuilder.CreateIndex(
                name: "ix_access_oidc_token_authorization_id",
                table: "access_oidc_token",
                column: "authorization_id");

            migrationBuilder.CreateIndex(
                name: "ux_access_oidc_token_reference_id",
                table: "access_oidc_token",
                column: "reference_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_access_one_time_link_expires_at",
                table: "access_one_time_link",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_access_one_time_link_organisation_id_created_at",
                table: "access_one_time_link",
                columns: new[] { "organisation_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ux_access_one_time_link_hash",
                table: "access_one_time_link",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_access_organisation_parent_id",
                table: "access_organisation",
                column: "parent_id");

            migrationBuilder.CreateIndex(
                name: "ix_access_organisation_sort_key_id",
                table: "access_organisation",
                columns: new[] { "sort_key", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_access_organisation_name",
                table: "access_organisation",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_access_outbox_fanned_out_seq",
                table: "access_outbox",
                columns: new[] { "fanned_out", "seq" });

            migrationBuilder.CreateIndex(
                name: "ux_access_outbox_event_id",
                table: "access_outbox",
                column: "event_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_access_outbox_delivery_key_seq",
                table: "access_outbox_delivery",
                columns: new[] { "key", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_access_outbox_delivery_next_attempt_at",
                table: "access_outbox_delivery",
                column: "next_attempt_at");

            migrationBuilder.CreateIndex(
                name: "ux_access_outbox_delivery_seq_subscriber",
                table: "access_outbox_delivery",
                columns: new[] { "seq", "subscriber" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_access_passkey_user_id",
                table: "access_passkey",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_access_person_search_text",
                table: "access_person",
                column: "search_text");

            migrationBuilder.CreateIndex(
                name: "ix_access_person_sort_key_id",
                table: "access_person",
                columns: new[] { "sort_key", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_access_person_directory_person_id",
                table: "access_person",
                column: "directory_person_id",
                unique: true,
                filter: "directory_person_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_access_person_normalized_email",
                table: "access_person",
                column: "normalized_email",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_access_proposed_role_organisation_id_settled_at_proposed_at",
                table: "access_proposed_role",
                columns: new[] { "organisation_id", "settled_at", "proposed_at" });

            migrationBuilder.CreateIndex(
                name: "ix_access_proposed_role_person_id",
                table: "access_proposed_role",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ux_access_recovery_code_person_id_hash",
                table: "access_recovery_code",
                columns: new[] { "person_id", "hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_access_session_ends_at",
                table: "access_session",
                column: "ends_at");

            migrationBuilder.CreateIndex(
                name: "ix_access_session_person_id_created_at",
                table: "access_session",
                columns: new[] { "person_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_access_unsent_form_person_id_until",
                table: "access_unsent_form",
                columns: new[] { "person_id", "until" });

            migrationBuilder.CreateIndex(
                name: "ix_access_unsent_form_until",
                table: "access_unsent_form",
                column: "until");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "access_api_client");

            migrationBuilder.DropTable(
                name: "access_api_token");

            migrationBuilder.DropTable(
                name: "access_delegation");

            migrationBuilder.DropTable(
                name: "access_idempotency");

            migrationBuilder.DropTable(
                name: "access_inbox");

            migrationBuilder.DropTable(
                name: "access_membership");

            migrationBuilder.DropTable(
                name: "access_oidc_scope");

            migrationBuilder.DropTable(
                name: "access_oidc_token");

            migrationBuilder.DropTable(
                name: "access_one_time_link");

            migrationBuilder.DropTable(
                name: "access_organisation_commune");

            migrationBuilder.DropTable(
                name: "access_organisation_departement");

            migrationBuilder.DropTable(
                name: "access_outbox");

            migrationBuilder.DropTable(
                name: "access_outbox_delivery");

            migrationBuilder.DropTable(
                name: "access_passkey");

            migrationBuilder.DropTable(
                name: "access_proposed_role");

            migrationBuilder.DropTable(
                name: "access_recovery_code");

            migrationBuilder.DropTable(
                name: "access_unsent_form");

            migrationBuilder.DropTable(
                name: "access_oidc_authorization");

            migrationBuilder.DropTable(
                name: "access_organisation");

            migrationBuilder.DropTable(
                name: "access_session");

            migrationBuilder.DropTable(
                name: "access_oidc_application");

            migrationBuilder.DropTable(
                name: "access_person");
        }
    }
}
